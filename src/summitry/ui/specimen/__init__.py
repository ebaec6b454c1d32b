"""Made-up content for the specimen."""
