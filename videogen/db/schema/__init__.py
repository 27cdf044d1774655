"""Reading the shape of tables as they live, in a file or on a server."""
