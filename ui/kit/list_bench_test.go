package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// growing is a very long feed that gets new rows at its top.
type growing int

func (g *growing) Len() int           { return int(*g) }
func (g *growing) Key(row int) uint64 { return uint64(int(*g) - row) }
func (g *growing) Find(key uint64, near int) int {
	return int(*g) - int(key)
}

// BenchmarkAMillionRows measures a frame of a list with a million rows: the
// list's own work, and that with the software painter. A graphics card paints
// faster.
func BenchmarkAMillionRows(b *testing.B) {
	frames := []struct {
		name string
		do   func(l *List, rows *growing, i int)
	}{
		{"scroll a little", func(l *List, _ *growing, i int) { l.scrollTo(l.offset + float64(40-80*(i/500%2))) }},
		{"jump", func(l *List, _ *growing, i int) { l.scrollTo(l.top((i * 7919) % 1_000_000)) }},
		{"seven arrive, read further down", func(l *List, rows *growing, i int) {
			if i == 0 {
				l.scrollTo(l.top(500_000))
			}
			arrive(l, rows, 7) // 200 rows a second at 30 frames a second
		}},
		{"seven arrive, read at the top", func(l *List, rows *growing, i int) { arrive(l, rows, 7) }},
	}
	for _, frame := range frames {
		for _, painted := range []bool{false, true} {
			name := frame.name
			if painted {
				name += ", painted"
			}
			b.Run(name, func(b *testing.B) {
				l, w, rows := benchList(b)
				b.ResetTimer()
				for i := range b.N {
					frame.do(l, rows, i)
					if painted {
						w.Canvas().Capture()
					}
				}
			})
		}
	}
}

func arrive(l *List, rows *growing, n int) {
	*rows += growing(n)
	keys := make([]uint64, n)
	for i := range keys {
		keys[i] = rows.Key(i)
	}
	l.Arrived(keys...)
	l.Refresh()
}

// benchList returns a list of a million rows in a window as large as a page.
func benchList(b *testing.B) (*List, fyne.Window, *growing) {
	test.NewTempApp(b).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	rows := growing(1_000_000)
	l := NewList(46, 30)
	l.Rows = &rows
	l.Create = func(Kind) fyne.CanvasObject {
		return HStack(12, NewText("", Strong), NewChip(Neutral, nil, "eCheck"), NewText("", Body))
	}
	l.Update = func(row int, o fyne.CanvasObject) {
		c := o.(*fyne.Container)
		c.Objects[0].(*Text).Set("Dana Whitfield")
		c.Objects[2].(*Text).Set("$1,450.00")
		Relayout(c)
	}
	w := test.NewTempWindow(b, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(960, 650))
	return l, w, &rows
}
