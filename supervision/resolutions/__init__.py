"""What a meeting of ก.ต.ป.น. resolves at its table: many rounds, practices and sets at once."""
