package frame

// Order is the sort order of a table. The zero value is the table's default
// order.
type Order struct {
	Column  int // counted from 1; 0: the default order
	Falling bool
}

// press returns the order after a press on a column's header. A second press on
// the same column reverses the direction; falling is the direction of the
// first.
func (o Order) press(column int, falling bool) Order {
	if o.Column == column {
		return Order{column, !o.Falling}
	}
	return Order{column, falling}
}
