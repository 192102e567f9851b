package feeds

import (
	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// group is what stands at the head of some rows of a list.
type group struct {
	name   string
	count  int
	folded bool // its rows are hidden
}

// groupHigh is the height of a head, at 100 %.
const groupHigh = 30

// groupRow shows the head of a group.
type groupRow struct {
	kit.Compound
	arrow       *kit.Icon
	name, count *kit.Text
}

func newGroupRow() *groupRow {
	r := &groupRow{
		arrow: kit.NewIcon(assets.ChevronDown, kit.ColorText2, 16),
		name:  kit.NewText("", kit.Strong),
		count: kit.NewText("", kit.Caption),
	}
	r.Init(r, kit.Inset(0, kit.CardPad, 0, 12, kit.HStack(6, r.arrow, r.name, r.count)))
	return r
}

func (r *groupRow) show(g group) {
	arrow := assets.ChevronDown
	if g.folded {
		arrow = assets.ChevronRight
	}
	r.arrow.Set(arrow, kit.ColorText2)
	r.name.Set(g.name)
	r.count.Set(explain.Number(g.count))
	r.Relayout()
}
