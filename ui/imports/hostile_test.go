package imports

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestFilesThatAreNoTablesSayWhatTheyAre(t *testing.T) {
	d := openDesk(t, light(), usual, "")
	for name, tt := range map[string]struct{ content, want string }{
		"Rent Roll.pdf": {"%PDF-1.7\n", "This is a PDF. It holds pages and no table. Save the report as CSV or Excel."},
		"empty.csv":     {"", "The file is empty."},
		"large.csv":     {"id,name\n" + strings.Repeat("1,a\n", 100_001), "The file is too large."},
		"old.xls":       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Rentbell cannot read this workbook."},
	} {
		d.Take(written(t, name, tt.content))
		d.wantAsked(t, name, tt.want)
		d.wantGone(t, "Columns", "Skipped", "First")
		if !d.foot.take.Disabled() {
			t.Errorf("%s can be imported", name)
		}
	}
	d.Take(filepath.Dir(t.TempDir()))
	d.wantGone(t, "Columns")
	d.Take(written(t, "names.csv", "id,name\n1,Ana\n"))
	d.wantAsked(t, "Import 1 name")
	d.wantGone(t, "This is a PDF", "too large")
}

func TestATableOfManyColumnsScrollsSideways(t *testing.T) {
	head, row := "Lease ID,Tenant", "20931,Ines Hall"
	for range 254 {
		head, row = head+",Notes", row+","+strings.Repeat("x", 300)
	}
	d := openFile(t, leases, "wide.csv", head+"\n"+row+"\n")
	d.wantAsked(t, "Import 1 name")
	g := d.columns.grid
	if g.content.MinSize().Width <= g.scroll.Size().Width {
		t.Fatal("the table does not scroll")
	}
	last := g.columns[255]
	d.window.Canvas().Focus(last.choice)
	if left := last.object.Position().X - g.scroll.Offset.X; left < 0 || left+last.object.Size().Width > g.scroll.Size().Width {
		t.Errorf("the select that has the focus is at %v of %v", left, g.scroll.Size().Width)
	}
	d.window.Canvas().Focus(g.columns[0].choice)
	if g.scroll.Offset.X != 0 {
		t.Error("the first select is out of view")
	}
}

func TestSixColumnsFit(t *testing.T) {
	d := openFile(t, leases, "six.csv", "Lease ID,Tenant,Unit,Property,Phone,Email\n20931,Ines Hall,12,"+strings.Repeat("Harbor Row ", 30)+",555-0163,ines@example.com\n")
	g := d.columns.grid
	if last := g.columns[5].object; g.content.MinSize().Width > g.scroll.Size().Width || last.Position().X+last.Size().Width > g.scroll.Size().Width {
		t.Error("six columns do not fit")
	}
}

func TestOldReadingsAreDropped(t *testing.T) {
	d := openDesk(t, light(), usual, "")
	work := &uitest.Queue{}
	d.Post = work.Post
	d.Take(written(t, "first.csv", "id,name\n1,Ana\n"))
	d.wantAsked(t, "first.csv", "Reading the table")
	d.Take(written(t, "second.csv", "id,name\n1,Bo\n2,Cy\n"))
	if !d.foot.take.Disabled() {
		t.Error("a table that is still being read can be imported")
	}
	work.All(t)
	d.wantAsked(t, "second.csv", "Import 2 names")
	d.wantGone(t, "Ana", "Reading the table")
	d.press(t, "Import 2 names")
	d.wantAsked(t, "Importing")
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	work.All(t)
	d.wantNamed(t, map[core.NameKey]string{{Kind: core.NameLease, ID: "2"}: "Cy"})
	if d.asked() != "" || d.given != 1 {
		t.Errorf("the pages were told %d times, and the dialog says\n%s", d.given, d.asked())
	}
}

func TestImportingHasRoomForLargeTextInASmallWindow(t *testing.T) {
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		for _, file := range []string{namesFile, unsureFile, "id,name\n1,Ana\n", ""} {
			d := openDesk(t, kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, fyne.NewSize(900, 600), "")
			d.Take(written(t, "Names June.csv", file))
			d.wantWhole(t, language)
			test.Tap(d.foot.take)
			d.wantWhole(t, language)
			d.close()
		}
	}
}

// wantWhole fails for lines of the dialog that are cut, or reach beyond it.
func (d *desk) wantWhole(t *testing.T, language fyne.Locale) {
	t.Helper()
	right := float32(900 - 16 - 25) // the space around a dialog and inside it
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		line, ok := o.(*kit.Text)
		if !ok || d.columns.grid != nil && d.columns.grid.has(line) {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(line)
		drawn := test.WidgetRenderer(line).Objects()[0].(*canvas.Text).Text // a Text is one line
		if at.X+line.Size().Width > right+1 || drawn != line.Text() {
			t.Errorf("%s: %q is cut", language, line.Text())
		}
	})
}

// has reports whether a line is one of the table's, which may be cut.
func (g *grid) has(line *kit.Text) bool {
	for _, c := range g.columns {
		for _, cell := range append(c.cells, c.title) {
			if cell == line {
				return true
			}
		}
	}
	return false
}
