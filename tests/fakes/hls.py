"""HLS recordings on a web server: a master playlist, sizes, segments."""

from __future__ import annotations

from pathlib import Path

import av
from fakes.web import Asked, Reply, Web

_PLAYLIST = "application/vnd.apple.mpegurl"


def split_video(video: Path, folder: Path, seconds: float) -> list[Path]:
    """Cut a video at its keyframes into MPEG-TS segments of so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        av.open(str(video)) as source,
        av.open(
            str(folder / "list.m3u8"),
            "w",
            format="hls",
            options={
                "hls_time": str(seconds),
                "hls_list_size": "0",
                "hls_segment_filename": str(folder / "%03d.ts"),
            },
        ) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return sorted(folder.glob("*.ts"))


def serve_hls(web: Web, path: str, video: Path, folder: Path, seconds: float = 2.0) -> None:
    """Serve a video in two sizes that differ in name only."""
    segments = split_video(video, folder, seconds)
    sizes = {"small": "320x180", "large": "1920x1080"}
    master = "#EXTM3U\n" + "".join(
        f"#EXT-X-STREAM-INF:BANDWIDTH={rank}000000,RESOLUTION={size}\n{name}/list.m3u8\n"
        for rank, (name, size) in enumerate(sizes.items(), start=1)
    )
    listing = (folder / "list.m3u8").read_bytes()
    web.pages[f"{path}/master.m3u8"] = lambda _asked: Reply(master.encode(), _PLAYLIST)
    for name in sizes:
        web.pages[f"{path}/{name}/list.m3u8"] = lambda _asked: Reply(listing, _PLAYLIST)
    files = {segment.name: segment for segment in segments}

    def segment(asked: Asked) -> Reply:
        file = files.get(asked.path.rpartition("/")[2])
        return Reply(file, "video/mp2t") if file else Reply(b"", "text/plain", 404)

    web.pages[f"{path}/"] = segment
