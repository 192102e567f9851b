package shared

// LosePatience has claims of others count as stale at once.
func (c *Claims) LosePatience() { c.patience = 0 }
