"""Reading the shape of tables: declared by the models, or live in a file or on a server."""
