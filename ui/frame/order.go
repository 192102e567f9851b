package frame

// Order is how a table is sorted: by which of its columns, and which way. The
// zero order is the table's own.
type Order struct {
	Column  int // counted from 1
	Falling bool
}

// press is the order after a press on a column's head: it turns around when the
// table is sorted by that column already. Some columns begin with the largest.
func (o Order) press(column int, falling bool) Order {
	if o.Column == column {
		return Order{column, !o.Falling}
	}
	return Order{column, falling}
}
