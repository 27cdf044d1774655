"""From a topic to a narrated video, recorded in the database of an existing web app."""
