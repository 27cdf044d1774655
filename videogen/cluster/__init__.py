"""Work on other machines: a dask cluster behind the seam that processes stand behind, too."""
