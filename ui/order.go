package ui

// order is how a table is sorted: by which of its columns, and which way. The
// zero order is the table's own.
type order struct {
	column  int // counted from 1
	falling bool
}

// press is the order after a press on a column's head: it turns around when the
// table is sorted by that column already. Some columns begin with the largest.
func (o order) press(column int, falling bool) order {
	if o.column == column {
		return order{column, !o.falling}
	}
	return order{column, falling}
}
