"""Sessions, speakers, topics and quotations."""
