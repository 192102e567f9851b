package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// head is a column's header. Pressing it sorts the table by the column. An
// arrow marks the column that the table is sorted by, and the direction.
type head struct {
	*kit.Press

	title *kit.Text
	arrow *kit.Icon
	line  *fyne.Container
}

// headPress is the height of the part of a header that takes presses.
const headPress = 32

func newHead(c Column, onTapped func()) *head {
	h := &head{title: kit.NewText(words.Say(c.Title), kit.Caption), arrow: kit.NewIcon(assets.ArrowUp, kit.ColorText2, 14)}
	h.arrow.Hide()
	h.line = kit.HStack(3, h.title, h.arrow)
	if c.Right {
		h.line = kit.Spread(3, kit.HStack(0), h.arrow, h.title)
	}
	h.Press = kit.NewPress(words.Say("Sort by %s", words.Uncapital(words.Say(c.Title))), kit.Sized(0, headPress, h.line), 4, onTapped)
	return h
}

// show draws the arrow if the table is sorted by this column.
func (h *head) show(sorted, falling bool) {
	style, icon := kit.Caption, assets.ArrowUp
	if sorted {
		style = style.In(kit.ColorText)
	}
	if falling {
		icon = assets.ArrowDown
	}
	h.title.SetStyled(h.title.Text(), style)
	h.arrow.Set(icon, kit.ColorText)
	h.arrow.Hidden = !sorted
	kit.Relayout(h.line)
	h.Press.Refresh()
}

// Sorts makes the column headers pressable and sets the first order. onSort is
// called after a press has changed t.By. Call Sorts before the table is shown.
func (t *Table) Sorts(columns Columns, by Order, onSort func()) {
	t.By = by
	t.sorters = make([]*head, len(columns))
	show := func() {
		for i, h := range t.sorters {
			h.show(t.By.Column == i+1, t.By.Falling)
		}
	}
	for i, c := range columns {
		t.sorters[i] = newHead(c, func() {
			t.By = t.By.press(i+1, c.Falling)
			show()
			t.list.ScrollToTop()
			onSort()
		})
		t.heads.Objects[i] = t.sorters[i].Press
	}
	show()
}
