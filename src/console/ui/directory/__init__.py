"""The directory: customers and companies in tables, with columns, filters, views and edits of many at once."""
