package chooser

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// browser is the dialog for an existing file or folder. Fyne's own cannot be used:
// while its list or a button has the focus, no key reaches the window, so Esc does
// not close it. It also reads folders on the main goroutine.
type browser struct {
	chooser *Chooser
	kinds   []string // extensions of the files that are listed; empty: all
	folders bool     // asks for a folder, and lists no files
	done    func(path string)

	box     *frame.Dialog
	dir     string
	path    *kit.Prose
	list    *kit.List
	found   items
	trouble *kit.Prose
	stop    func() // ends the reading of a folder
}

func (c *Chooser) sheetOpen(a Ask, done func(path string)) {
	c.browse(a, &browser{kinds: a.Kinds, done: done})
}

func (c *Chooser) sheetFolder(a Ask, done func(dir string)) {
	c.browse(a, &browser{folders: true, done: done})
}

// listHigh is the height of the list, at 100 %.
const listHigh = 260

func (c *Chooser) browse(a Ask, b *browser) {
	b.chooser, b.stop = c, func() {}
	b.path, b.trouble = kit.NewProse("", kit.Body), frame.NewTrouble()
	b.list = kit.NewList(kit.ControlHigh, 0)
	b.list.Rows, b.list.Headless = &b.found, true
	b.list.Create = func(kit.Kind) fyne.CanvasObject { return newItemRow() }
	b.list.Update = func(row int, o fyne.CanvasObject) { o.(*itemRow).show(b.found[row]) } // Create makes nothing else
	b.list.OnOpen = b.open
	title, footer := a.Title, kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, func() { b.end("") }))
	if b.folders {
		title = cmp.Or(title, words.Say("Choose a folder"))
		footer.Add(kit.NewButton(words.Say("Choose this folder"), nil, func() { b.end(b.dir) }).Primary())
	}
	b.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: title, Width: 560, Footer: footer,
		Body: kit.VStack(10, b.path,
			kit.Flow(8, kit.NewButton(words.Say("Folder above"), assets.ArrowUp, func() { b.enter(filepath.Dir(b.dir)) }),
				kit.NewButton(words.Say("Home folder"), assets.House, func() { b.enter(home()) })),
			kit.Sized(0, listHigh, container.NewStack(kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius), kit.Inset(1, 1, 1, 1, b.list))),
			b.trouble),
	})
	b.box.OnDismiss = func() { b.end("") }
	b.enter(cmp.Or(a.Dir, home()))
}

// home returns the user's folder, or the root where there is none.
func home() string {
	dir, err := os.UserHomeDir()
	if err != nil {
		return string(filepath.Separator)
	}
	return dir
}

func (b *browser) end(path string) {
	b.stop()
	b.box.Close()
	b.done(path)
}

// open is for a row that is pressed: it enters a folder and chooses a file.
func (b *browser) open(row int) {
	at := filepath.Join(b.dir, b.found[row].name)
	if b.found[row].folder {
		b.enter(at)
	} else {
		b.end(at)
	}
}

// enter shows what is in a folder.
func (b *browser) enter(dir string) {
	b.stop()
	b.show(dir, nil)
	frame.Tell(b.trouble, nil)
	b.stop = b.chooser.Post(func(ctx context.Context) func() {
		at, found, err := read(dir, b.folders, b.kinds)
		return func() {
			if ctx.Err() != nil {
				return // it is closed, or in another folder
			}
			b.show(at, found)
			frame.Tell(b.trouble, err)
			b.box.Update()
		}
	})
}

func (b *browser) show(dir string, found items) {
	b.dir, b.found = dir, found
	b.path.Set(dir)
	b.list.Select(-1)
	b.list.ScrollToTop()
	b.list.Refresh()
	b.box.Update()
}

// item is a folder or file in the list.
type item struct {
	name   string
	folder bool
}

// read lists the folder dir, folders first. Hidden files are left out. If dir does
// not exist, it lists the nearest folder above it.
func read(dir string, folders bool, kinds []string) (at string, found items, err error) {
	inside, err := os.ReadDir(dir)
	if above := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && above != dir {
		return read(above, folders, kinds)
	}
	for _, one := range inside {
		if strings.HasPrefix(one.Name(), ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, one.Name())) // of what a link leads to
		if err != nil {
			continue // gone meanwhile, or a link to nothing
		}
		wanted := !folders && info.Mode().IsRegular() && (len(kinds) == 0 || slices.Contains(kinds, strings.ToLower(filepath.Ext(one.Name()))))
		if info.IsDir() || wanted {
			found = append(found, item{one.Name(), info.IsDir()})
		}
	}
	slices.SortStableFunc(found, func(a, b item) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})
	return dir, found, err
}

// items implements kit.Rows.
type items []item

func (s items) Len() int           { return len(s) }
func (s items) Key(row int) uint64 { return uint64(row) + 1 }
func (s items) Find(key uint64, near int) int {
	if row := int(key) - 1; row < len(s) {
		return row
	}
	return -1
}

// itemRow is a folder or file in the list.
type itemRow struct {
	kit.Compound
	icon *kit.Icon
	name *kit.Text
}

func newItemRow() *itemRow {
	r := &itemRow{icon: kit.NewIcon(assets.Folder, kit.ColorText2, 20), name: kit.NewText("", kit.Body).Tight()}
	r.Init(r, kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.Lead(10, r.icon, r.name)))
	return r
}

func (r *itemRow) show(i item) {
	icon := assets.NavLeases
	if i.folder {
		icon = assets.Folder
	}
	r.icon.Set(icon, kit.ColorText2)
	r.name.Set(i.name)
}
