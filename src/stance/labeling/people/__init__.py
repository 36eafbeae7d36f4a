"""Labels from people: tasks out, labels in, by Label Studio or a spreadsheet."""
