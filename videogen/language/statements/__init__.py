"""What a text states that can be drawn: numbers, dates, quotations, lists, places, steps."""
