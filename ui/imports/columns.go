package imports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core/imports"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// previewRows is how many rows a window has room for.
func previewRows(c fyne.Canvas) int {
	const high = 700 // below it the skipped rows would be out of view
	if c.Size().Height < kit.Dp(high) {
		return 3
	}
	return 5
}

// columnsBox is the table with a select for each column. The list of skipped rows
// takes its place.
type columnsBox struct {
	row  *fyne.Container
	body *fyne.Container
	foot *kit.Text
	grid *grid // of the table on screen; nil: there is none
	list *kit.List
	rows skippedRows // of list
	of   source
	pick func(column int, r imports.Role)
}

// newColumnsBox makes the box above what is said of the skipped rows.
func newColumnsBox(skipped fyne.CanvasObject, pick func(int, imports.Role)) *columnsBox {
	b := &columnsBox{body: container.NewStack(), foot: kit.NewText("", kit.Caption).Tight(), pick: pick}
	b.list = newSkippedList(&b.rows)
	box := container.NewStack(
		kit.NewBox(kit.ColorSunken, kit.ColorBorder, kit.CardRadius),
		kit.Inset(1, 1, 1, 1, kit.VStack(0, b.body, kit.Sized(0, footHigh, kit.Inset(0, 16, 0, 16, b.foot)))))
	b.row = row(words.Say("Columns"), kit.VStack(8, box, skipped))
	return b
}

// footHigh is the height of the line below the table.
const footHigh = 32

func (b *columnsBox) show(r reading, most int) {
	frame.SetVisible(b.row, r.opened && len(r.sheet.Titles) > 0)
	if !b.row.Visible() {
		b.grid, b.of = nil, source{}
		return
	}
	if b.grid == nil || b.of != r.source {
		b.grid, b.of = newGrid(r.sheet, most, b.pick), r.source
		b.showTable(r)
	}
	b.grid.show(r)
}

// showTable shows the table.
func (b *columnsBox) showTable(r reading) {
	b.body.Objects = []fyne.CanvasObject{b.grid.scroll}
	b.foot.Set(words.Paragraph(rowsText(len(b.grid.rows), len(r.sheet.Rows)), titlesText(r.sheet.TitledAt)))
}

// showSkipped shows the rows that were skipped, in the place of the table.
func (b *columnsBox) showSkipped(r reading) {
	b.rows = skippedRows{r.found.Skipped, r.sheet.Rows}
	b.list.ScrollToTop()
	b.list.Refresh()
	list := container.NewStack(kit.NewTopBox(kit.ColorSurface, kit.CardRadius-1), b.list)
	b.body.Objects = []fyne.CanvasObject{kit.Above(0, kit.Sized(0, b.grid.high(), list), kit.NewRule())}
	b.foot.Set(words.SayN(len(r.found.Skipped), "%s row was skipped.", "%s rows were skipped.", explain.Number(len(r.found.Skipped))))
}

func rowsText(shown, all int) string {
	switch {
	case all == 0:
		return words.Say("No rows.")
	case all == 1:
		return words.Say("The only row.")
	case shown < all:
		return words.Say("First %s of %s rows.", explain.Number(shown), explain.Number(all))
	}
	return words.Say("All %s rows.", explain.Number(all))
}

// titlesText says which line holds the titles.
func titlesText(at int) string {
	switch at {
	case 0:
		return words.Say("No line holds titles.")
	case 1:
		return words.Say("The first line holds the titles.")
	}
	return words.Say("Line %s holds the titles.", explain.Number(at))
}
