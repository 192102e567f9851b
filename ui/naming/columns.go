package naming

import (
	"errors"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

const (
	mostColumns = 4 // columns of a table that are shown, including the chosen ones
	mostRows    = 4
)

// columnWords are what a table's columns are called: of ids, and of what belongs to them.
type columnWords struct {
	ids, names string
	unsure     string // says that it is not certain which columns these are
}

// columnsAsked asks which columns of a table hold ids, and which names or rents.
type columnsAsked struct {
	columnWords
	object     *fyne.Container
	question   *kit.Prose
	idSelect   *kit.Select
	nameSelect *kit.Select
	joined     []int // columns that form a name together; the last option of names stands for them
	table      *fyne.Container
	asking     bool
	onChanged  func()
}

func newColumnsAsked(w columnWords, onChanged func()) *columnsAsked {
	c := &columnsAsked{columnWords: w, question: kit.NewProse("", kit.Body.In(kit.ColorWarn)), table: kit.VStack(0), onChanged: onChanged}
	changed := func(string) {
		if c.asking {
			c.onChanged()
		}
	}
	var ids, names fyne.CanvasObject
	c.idSelect, ids = kit.NewSelect(nil, changed)
	c.nameSelect, names = kit.NewSelect(nil, changed)
	c.object = kit.VStack(10, c.question, frame.Row(w.ids, ids), frame.Row(w.names, names), c.table)
	c.forget()
	return c
}

// forget resets the choices for another table.
func (c *columnsAsked) forget() {
	c.asking = false
	c.object.Hide()
	c.table.Hide()
}

// chosen returns the columns that the user chose. -1 and nil mean that the user
// chose none.
func (c *columnsAsked) chosen() (id int, name []int) {
	if !c.asking {
		return -1, nil
	}
	switch at := c.nameSelect.SelectedIndex(); {
	case at == len(c.nameSelect.Options)-1 && c.joined != nil:
		name = c.joined
	case at > 0:
		name = []int{at - 1}
	}
	return c.idSelect.SelectedIndex() - 1, name
}

// ask shows the table and proposes the columns that are certain. err says what
// is not certain.
func (c *columnsAsked) ask(f table.Sheet, found names.Columns, err error) {
	if !c.asking {
		c.offer(f, found)
	}
	c.asking = true
	c.question.Set(c.unsure)
	if errors.Is(err, core.ErrNoIDColumn) {
		c.question.Set(words.Say("No title in this file says that its column holds ids. Choose the one that does."))
	}
	c.show(f, err != nil)
	c.object.Show()
}

// offer fills the selects.
func (c *columnsAsked) offer(f table.Sheet, found names.Columns) {
	options := []string{words.Say("Choose a column")}
	for i, title := range f.Titles {
		if number := strconv.Itoa(i + 1); title == number || slices.Contains(f.Titles[:i], title) {
			title = words.Say("Column %s", number)
		}
		options = append(options, title)
	}
	c.joined = nil
	c.idSelect.Options, c.nameSelect.Options = options, slices.Clone(options)
	c.idSelect.Selected, c.nameSelect.Selected = options[found.ID+1], options[0]
	if len(found.Name) > 0 {
		if name := found.Name[0]; len(name) == 1 {
			c.nameSelect.Selected = options[name[0]+1]
		} else {
			_, c.nameSelect.Selected = names.Said(f, found)
			c.nameSelect.Options, c.joined = append(c.nameSelect.Options, c.nameSelect.Selected), name
		}
	}
	c.idSelect.Refresh()
	c.nameSelect.Refresh()
}

// show shows the first rows while a choice is open.
func (c *columnsAsked) show(f table.Sheet, open bool) {
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
func (c *columnsAsked) shown(n int) []int {
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
