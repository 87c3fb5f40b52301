"""Pure dates: periods in whole years, months, weeks and days, and Finnish working days."""
