package ui

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keyHint is a line in the list of shortcuts.
type keyHint struct{ does, keys string }

// shortcutName returns a shortcut as a system writes it: "Ctrl+Shift+P".
func shortcutName(key fyne.KeyName, extra fyne.KeyModifier, system string) string {
	name := "Ctrl+"
	if system == "darwin" && key != fyne.KeyTab {
		name = "Cmd+"
	}
	if extra&fyne.KeyModifierShift != 0 {
		name += "Shift+"
	}
	if key == fyne.KeyComma {
		return name + words.Say("Comma")
	}
	return name + string(key)
}

// keyHints returns the shortcuts that open pages, and the others.
func (u *UI) keyHints(system string) (pages, others []keyHint) {
	for _, a := range u.keys() {
		hint := keyHint{a.does, shortcutName(a.key, a.extra, system)}
		if a.page {
			pages = append(pages, hint)
		} else {
			others = append(others, hint)
		}
	}
	return pages, append(others, keyHint{words.Say("This list"), "F1"})
}

// listHints returns the keys that work in a list.
func listHints() []keyHint {
	return []keyHint{
		{words.Say("Move the selection"), words.Say("Up, Down")},
		{words.Say("Open what is selected"), words.Say("Enter")},
		{words.Say("Fold or open a group"), words.Say("Left, Right")},
		{words.Say("Snooze, mark handled"), "S, H"},
		{words.Say("Close a pane, clear a search"), words.Say("Esc")},
	}
}

// showHelp shows the shortcuts.
func (u *UI) showHelp() {
	if !u.free() {
		return
	}
	pages, others := u.keyHints(runtime.GOOS)
	column := func(title string, hints []keyHint) *fyne.Container {
		lines := kit.VStack(6, kit.Inset(0, 0, 4, 0, kit.NewText(title, kit.Title)))
		for _, h := range hints {
			lines.Add(kit.Spread(12, kit.NewText(h.does, kit.Body), kit.NewChip(kit.Neutral, nil, h.keys)))
		}
		return lines
	}
	var d *frame.Dialog
	d = frame.OpenDialog(u.window.Canvas(), frame.DialogParts{
		Title:   words.Say("Keyboard shortcuts"),
		Purpose: words.Say("Everything in Rentbell works without a mouse. Tab goes from one control to the next."),
		Body: container.New(&topColumns{}, kit.VStack(columnsBelow, column(words.Say("Pages"), pages), column(words.Say("In a list"), listHints())),
			column(words.Say("Everywhere"), others)),
		Footer: kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Close"), nil, func() { d.Close() }).Primary()),
	})
}

// topColumns places two columns beside each other, aligned at the top. If they
// do not fit, the second goes below the first.
type topColumns struct {
	width float32 // width of the last layout
}

// The space between columns that are beside each other, and below each other.
const (
	columnsApart = 36
	columnsBelow = 20
)

func (l *topColumns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	if l.stacked(objects) {
		return fyne.NewSize(max(a.Width, b.Width), a.Height+kit.Dp(columnsBelow)+b.Height)
	}
	return fyne.NewSize(max(a.Width, b.Width), max(a.Height, b.Height))
}

func (l *topColumns) stacked(objects []fyne.CanvasObject) bool {
	both := 2*max(objects[0].MinSize().Width, objects[1].MinSize().Width) + kit.Dp(columnsApart)
	return l.width > 0 && both > l.width
}

func (l *topColumns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.stacked(objects) {
		first := objects[0].MinSize().Height
		objects[0].Move(fyne.Position{})
		objects[0].Resize(fyne.NewSize(size.Width, first))
		objects[1].Move(fyne.NewPos(0, first+kit.Dp(columnsBelow)))
		objects[1].Resize(fyne.NewSize(size.Width, objects[1].MinSize().Height))
		return
	}
	width := frame.Floor((size.Width - kit.Dp(columnsApart)) / 2)
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(width+kit.Dp(columnsApart)), 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}
