package naming

import (
	"errors"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

const (
	mostColumns = 4 // columns of a table that are shown, including the chosen ones
	mostRows    = 4
)

// namesColumns asks which columns of a table hold ids and names.
type namesColumns struct {
	object    *fyne.Container
	question  *kit.Prose
	ids       *kit.Select
	names     *kit.Select
	joined    []int // columns that form a name together; the last option of names stands for them
	table     *fyne.Container
	asking    bool
	onChanged func()
}

func newNamesColumns(onChanged func()) *namesColumns {
	c := &namesColumns{question: kit.NewProse("", kit.Body.In(kit.ColorWarn)), table: kit.VStack(0), onChanged: onChanged}
	changed := func(string) {
		if c.asking {
			c.onChanged()
		}
	}
	var ids, names fyne.CanvasObject
	c.ids, ids = kit.NewSelect(nil, changed)
	c.names, names = kit.NewSelect(nil, changed)
	c.object = kit.VStack(10, c.question, frame.Row(words.Say("Ids"), ids), frame.Row(words.Say("Names"), names), c.table)
	c.forget()
	return c
}

// forget resets the choices for another table.
func (c *namesColumns) forget() {
	c.asking = false
	c.object.Hide()
	c.table.Hide()
}

// chosen returns the columns that the user chose. -1 and nil mean that the user
// chose none.
func (c *namesColumns) chosen() (id int, name []int) {
	if !c.asking {
		return -1, nil
	}
	switch at := c.names.SelectedIndex(); {
	case at == len(c.names.Options)-1 && c.joined != nil:
		name = c.joined
	case at > 0:
		name = []int{at - 1}
	}
	return c.ids.SelectedIndex() - 1, name
}

// ask shows the table and proposes the columns that are certain. err says what
// is not certain.
func (c *namesColumns) ask(f names.File, found names.Columns, err error) {
	if !c.asking {
		c.offer(f, found)
	}
	c.asking = true
	c.question.Set(words.Say("It is not certain which column holds the ids and which the names. Choose both."))
	if errors.Is(err, core.ErrNoIDColumn) {
		c.question.Set(words.Say("No title in this file says that its column holds ids. Choose the one that does."))
	}
	c.show(f, err != nil)
	c.object.Show()
}

// offer fills the selects.
func (c *namesColumns) offer(f names.File, found names.Columns) {
	options := []string{words.Say("Choose a column")}
	for i, title := range f.Titles {
		if number := strconv.Itoa(i + 1); title == number || slices.Contains(f.Titles[:i], title) {
			title = words.Say("Column %s", number)
		}
		options = append(options, title)
	}
	c.joined = nil
	c.ids.Options, c.names.Options = options, slices.Clone(options)
	c.ids.Selected, c.names.Selected = options[found.ID+1], options[0]
	if len(found.Name) > 0 {
		if name := found.Name[0]; len(name) == 1 {
			c.names.Selected = options[name[0]+1]
		} else {
			_, c.names.Selected = f.Said(found)
			c.names.Options, c.joined = append(c.names.Options, c.names.Selected), name
		}
	}
	c.ids.Refresh()
	c.names.Refresh()
}

// show shows the first rows while a choice is open.
func (c *namesColumns) show(f names.File, open bool) {
	c.table.Objects = nil
	frame.SetVisible(c.table, open)
	if !open {
		return
	}
	columns := c.shown(len(f.Titles))
	id, name := c.chosen()
	line := func(style kit.Style, cell func(column int) string) fyne.CanvasObject {
		var cells []fyne.CanvasObject
		for _, column := range columns {
			of := style
			if column == id || slices.Contains(name, column) {
				of = kit.Body
			}
			cells = append(cells, kit.NewText(cell(column), of).Tight())
		}
		return kit.Equal(12, cells...)
	}
	lines := kit.VStack(6, line(kit.Caption, func(column int) string { return f.Titles[column] }))
	rows := f.Rows[:min(len(f.Rows), mostRows)]
	for _, row := range rows {
		lines.Add(line(kit.Muted, row.Cell))
	}
	lines.Add(kit.NewText(words.Say("First %s of %s rows", explain.Number(len(rows)), explain.Number(len(f.Rows))), kit.Caption))
	c.table.Add(container.NewStack(kit.NewBox(kit.ColorSunken, kit.ColorBorder, 6), kit.Inset(10, 12, 10, 12, lines)))
}

// shown returns which of n columns to show, in their order.
func (c *namesColumns) shown(n int) []int {
	id, name := c.chosen()
	columns := slices.DeleteFunc(append([]int{id}, name...), func(column int) bool { return column < 0 })
	for column := range n {
		if len(columns) < mostColumns && !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	slices.Sort(columns)
	return slices.Compact(columns)
}
