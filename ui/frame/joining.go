package frame

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Office makes this computer a desk of an office, and ends that. Its methods use disk and
// network.
type Office interface {
	Join(ctx context.Context, j core.Joining) error
	Leave(ctx context.Context) error
	// Look returns the offices that answer on the local network, within a few seconds. Only
	// joining proves who answers. An error says that this computer cannot look.
	Look(ctx context.Context) ([]core.OfficeFound, error)
}

// JoinParts is what a form to join an office needs.
type JoinParts struct {
	Office Office
	Saver  *Saver
	Name   string // that is proposed for this desk
	Ask    func(Question)
	Joined func() // may be nil
	Resize func() // the form has changed its height
}

// JoinForm asks for what a desk needs to join an office. Settings and the welcome pages
// show it.
type JoinForm struct {
	Object *fyne.Container

	JoinParts
	address    *finder
	code, name *kit.Entry
	join       *kit.Button
	note       *kit.Prose
	open       bool // it can be seen
	busy       bool // the office is being joined
}

// NewJoinForm returns an empty form, which is not open.
func NewJoinForm(p JoinParts) *JoinForm {
	f := &JoinForm{JoinParts: p, note: NewTrouble()}
	typed := func(string) { f.paint() }
	f.address = newFinder(p, f.paint)
	row := func(label, hint, caption string, entry **kit.Entry) fyne.CanvasObject {
		made, object := kit.NewEntry(hint, typed)
		*entry = made
		below := kit.NewProse(caption, kit.Caption)
		SetVisible(below, caption != "")
		return Row(label, kit.VStack(3, kit.Sized(0, kit.ControlHigh, object), below))
	}
	f.join = kit.NewButton(words.Say("Follow"), assets.Desk, func() { f.try(false) }).Primary()
	f.Object = kit.VStack(10,
		Row(words.Say("Its address"), f.address.object),
		row(words.Say("Code"), "7K3M9-QX2TD", words.Say("A desk that manages makes it, or “rentbelld office invite” there. It counts once, for ten minutes."), &f.code),
		row(words.Say("This desk"), words.Say("Leasing desk"), words.Say("What the office calls it."), &f.name),
		f.note, kit.HStack(0, f.join))
	for _, e := range []*kit.Entry{f.address.entry, f.code, f.name} {
		e.OnSubmitted = func(string) { f.submit() }
	}
	f.name.SetText(p.Name)
	f.paint()
	return f
}

// submit is Enter in one of the fields.
func (f *JoinForm) submit() {
	if !f.join.Disabled() {
		f.try(false)
	}
}

// Open looks for an office on the local network, unless the form is open already. Call it
// when the form can be seen.
func (f *JoinForm) Open() {
	if !f.open {
		f.open = true
		f.address.look()
	}
}

// Close ends what Open has begun. Call it when the form cannot be seen any more.
func (f *JoinForm) Close() {
	f.open = false
	f.address.stop()
}

func (f *JoinForm) paint() {
	for _, e := range []*kit.Entry{f.code, f.name} {
		SetEnabled(e, !f.busy)
	}
	f.address.setEnabled(!f.busy)
	whole := strings.TrimSpace(f.address.entry.Text) != "" && strings.TrimSpace(f.code.Text) != ""
	SetEnabled(f.join, !f.busy && whole)
}

// try joins. What this computer has received itself is put aside only after a question.
func (f *JoinForm) try(aside bool) {
	j := core.Joining{
		Address: strings.TrimSpace(f.address.entry.Text), Code: strings.TrimSpace(f.code.Text), Name: strings.TrimSpace(f.name.Text), Aside: aside,
	}
	f.busy = true
	f.note.SetStyled(words.Say("Joining the office"), kit.Caption)
	f.note.Show()
	f.paint()
	f.Resize()
	f.Saver.Do(func(ctx context.Context) error { return f.Office.Join(ctx, j) }, func(err error) {
		f.busy = false
		f.paint()
		f.tried(err)
		f.Resize()
	})
}

func (f *JoinForm) tried(err error) {
	switch {
	case errors.Is(err, office.ErrOwnEvents):
		f.note.Hide()
		f.Ask(Question{
			Title: words.Say("Keep this computer's data aside?"),
			Text:  words.Say("It has received events itself. A desk has those of the office alone. Yours are kept in a file in the data folder, which Settings, Data can restore."),
			Verb:  words.Say("Keep aside and follow"), Answer: func() { f.try(true) },
		})
	case err != nil:
		Tell(f.note, err)
	default:
		f.note.Hide()
		f.code.SetText("") // it is used up
		if f.Joined != nil {
			f.Joined()
		}
	}
}
