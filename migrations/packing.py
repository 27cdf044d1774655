"""What a wheel does with this folder: it becomes videogen.migrations."""

from __future__ import annotations

from setuptools.command.build_py import build_py


class PackMigrations(build_py):  # type: ignore[misc]
    """Maps the revisions into the package; an editable install reads them where they lie."""

    packages: list[str] | None
    package_dir: dict[str, str] | None

    def finalize_options(self) -> None:
        super().finalize_options()
        if not self.editable_mode:
            mapped = "videogen.migrations"
            self.packages = [*(self.packages or ()), mapped, f"{mapped}.versions"]
            self.package_dir = {**(self.package_dir or {}), mapped: "migrations"}
