"""What a text is: sentences, phrases, keywords, how it is read aloud, meaning."""
