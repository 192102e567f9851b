package imports

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core/appfolio/reports"
	"rentbell/core/names"
	"rentbell/core/rents"
	"rentbell/core/table"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// skippedRow says which rows were skipped. Its link lists them in the place of the
// table.
type skippedRow struct {
	object *fyne.Container
	text   *kit.Prose
	advice *kit.Prose
	link   *kit.Quiet
	listed bool // the list is on screen
}

func newSkippedRow(paint func()) *skippedRow {
	s := &skippedRow{text: kit.NewProse("", kit.Body.In(kit.ColorWarn)), advice: kit.NewProse("", kit.Caption)}
	s.link = kit.NewQuiet(func() {
		s.listed = !s.listed
		paint()
	})
	line := kit.Spread(12, kit.Lead(8, kit.NewIcon(assets.Alert, kit.ColorWarn, 18), s.text), kit.Sized(0, 24, s.link))
	s.object = kit.VStack(1, line, kit.Inset(0, 0, 0, 26, s.advice))
	return s
}

func (s *skippedRow) show(r reading, b *columnsBox) {
	skipped := r.found.Skipped
	frame.SetVisible(s.object, len(skipped) > 0)
	s.listed = s.listed && len(skipped) > 0
	if b.grid == nil {
		return
	}
	if s.listed {
		b.showSkipped(r)
	} else {
		b.showTable(r)
	}
	if len(skipped) == 0 {
		return
	}
	s.text.Set(skippedText(skipped))
	s.advice.Set(words.Paragraph(append([]string{words.Say("They stay in the file. Mend them there and import it again.")}, advices(r.faults)...)...))
	s.link.Set(s.verb(len(skipped)), kit.ColorPrimary)
}

func (s *skippedRow) verb(n int) string {
	switch {
	case s.listed:
		return words.Say("Show the table")
	case n == 1:
		return words.Say("Show it")
	case n == 2:
		return words.Say("Show both rows")
	}
	return words.Say("Show all")
}

// mostTold is how many skipped rows are told beside the table.
const mostTold = 2

func skippedText(skipped []table.Skipped) string {
	var first []string
	for _, s := range skipped[:min(len(skipped), mostTold)] {
		first = append(first, faultText(s))
	}
	told := words.Joined(first...)
	if more := len(skipped) - len(first); more > 0 {
		told = words.Say("%s, and %s more", told, explain.Number(more))
	}
	return words.SayN(len(skipped), "Skipped %s row: %s.", "Skipped %s rows: %s.", explain.Number(len(skipped)), told)
}

// faultText says why a row was skipped, and where it is.
func faultText(s table.Skipped) string {
	line := explain.Number(s.Line)
	switch s.Fault {
	case names.FaultNoID:
		return words.Say("line %s has no id", line)
	case names.FaultLongID:
		return words.Say("line %s has an id that is too long", line)
	case names.FaultNoName:
		return words.Say("line %s has no name", line)
	case names.FaultLongName:
		return words.Say("line %s has a name of more than 200 characters", line)
	case names.FaultNotText:
		return words.Say("line %s has letters that cannot be read", line)
	case names.FaultKind:
		return words.Say("line %s has a kind that has no names", line)
	case names.FaultTwice:
		return words.Say("line %s has an id that an earlier line has", line)
	case names.FaultChanged:
		return words.Say("line %s has an id that a spreadsheet has changed", line)
	case table.FaultWide:
		return words.Say("line %s has more cells than there are titles", line)
	case table.FaultQuote:
		return words.Say("line %s has a quotation mark that does not close", line)
	case table.FaultSize:
		return words.Say("line %s is too long", line)
	case rents.FaultNoRent:
		return words.Say("line %s has no rent", line)
	case rents.FaultAmount:
		return words.Say("line %s has a rent that is no amount", line)
	case rents.FaultBelow:
		return words.Say("line %s has a rent below zero", line)
	case reports.FaultNoPlace:
		return words.Say("line %s has neither a unit nor a lease", line)
	case reports.FaultNoNumber:
		return words.Say("line %s has no number", line)
	case reports.FaultNumber:
		return words.Say("line %s has a number that is too long", line)
	case reports.FaultAmount:
		return words.Say("line %s has an amount that cannot be read", line)
	}
	return words.Say("line %s cannot be read", line)
}

// advices say what to do about faults that are not mended in the row itself.
func advices(faults map[table.Fault]int) (all []string) {
	if faults[names.FaultChanged] > 0 {
		all = append(all, words.Say("Give the column of ids the format Text."))
	}
	if faults[names.FaultNotText] > 0 {
		all = append(all, words.Say("Save the file as CSV UTF-8."))
	}
	if faults[names.FaultKind] > 0 {
		all = append(all, words.Say("Kinds are lease, tenant, property, unit and vendor."))
	}
	return all
}

// skippedRows implements kit.Rows for the rows that were skipped.
type skippedRows struct {
	skipped []table.Skipped
	rows    []table.Row // of the table, by line
}

func (s *skippedRows) Len() int           { return len(s.skipped) }
func (s *skippedRows) Key(row int) uint64 { return uint64(row) + 1 }
func (s *skippedRows) Find(key uint64, _ int) int {
	if row := int(key) - 1; row < len(s.skipped) {
		return row
	}
	return -1
}

// cells is what stands in a row, as far as it could be read.
func (s *skippedRows) cells(row int) string {
	at, found := slices.BinarySearchFunc(s.rows, s.skipped[row].Line, func(r table.Row, line int) int { return r.Line - line })
	if !found {
		return ""
	}
	var cells []string
	for _, cell := range s.rows[at].Cells[:min(len(s.rows[at].Cells), 8)] {
		if text := cellText(cell); text != "" {
			cells = append(cells, text)
		}
	}
	return strings.Join(cells, " · ")
}

func newSkippedList(rows *skippedRows) *kit.List {
	list := kit.NewList(kit.RowHigh, 0)
	list.Rows, list.Headless = rows, true
	list.Create = func(kit.Kind) fyne.CanvasObject { return newSkippedCell() }
	list.Update = func(row int, o fyne.CanvasObject) { o.(*skippedCell).show(rows, row) } // Create makes nothing else
	return list
}

// skippedCell is a row of the list.
type skippedCell struct {
	kit.Compound
	why, cells *kit.Text
}

func newSkippedCell() *skippedCell {
	c := &skippedCell{}
	var lines *fyne.Container
	c.why, c.cells, lines = kit.NewTwoLines(kit.Body)
	c.Init(c, kit.Inset(0, 16, 0, 16, kit.Lead(0, lines)))
	return c
}

func (c *skippedCell) show(of *skippedRows, row int) {
	c.why.Set(words.Capital(faultText(of.skipped[row])))
	c.cells.Set(of.cells(row))
	c.Relayout()
}
