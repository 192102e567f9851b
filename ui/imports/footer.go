package imports

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// footer is the last line of the dialog: a note with the button that imports, and
// afterwards the result.
type footer struct {
	object       *fyne.Container
	choose, done *fyne.Container

	note   *kit.Prose
	take   *kit.Button
	result *kit.Prose
	undo   *kit.Press
	why    *kit.Prose

	doing   string          // what is being done
	said    string          // the result
	undoes  core.PastImport // what can be undone; zero: nothing
	trouble error           // of the last try to import; nil: none
}

func newFooter(d *Dialog) *footer {
	f := &footer{note: kit.NewProse("", kit.Muted), result: kit.NewProse("", kit.Body), why: frame.NewTrouble()}
	f.take = kit.NewButton(words.Say("Import"), nil, d.submit).Primary()
	f.undo = kit.NewLink(words.Say("Undo"), d.undo)
	f.choose = kit.Spread(8, f.note, kit.NewButton(words.Say("Cancel"), nil, d.close), f.take)
	f.done = kit.Spread(8, kit.Lead(8, kit.NewIcon(assets.Verified, kit.ColorOk, 20), f.result),
		f.undo, kit.Inset(0, 0, 0, 8, kit.NewButton(words.Say("Close"), nil, d.close).Primary()))
	f.object = kit.VStack(8, f.why, container.NewStack(f.choose, f.done))
	return f
}

func (f *footer) show(d *Dialog) {
	over := d.stage == kept || d.stage == undone
	frame.SetVisible(f.choose, !over)
	frame.SetVisible(f.done, over)
	frame.SetVisible(f.undo, d.stage == kept && !f.undoes.IsZero())
	frame.Tell(f.why, f.trouble)
	f.result.Set(f.said)
	n := d.now.found.Count()
	f.take.SetText(importText(d.now.kind, n))
	frame.SetEnabled(f.take, d.stage == choosing && n > 0)
	f.note.SetStyled(d.noteWords(n))
}

// noteWords is the note beside the button that imports n things.
func (d *Dialog) noteWords(n int) (text string, style kit.Style) {
	switch {
	case d.stage == keeping:
		return d.foot.doing, kit.Muted
	case d.stage == looking || !d.now.opened:
	case d.now.missing != "":
		return missingText(d.now.kind, d.now.missing), kit.Body
	case n == 0:
		return noneText(d.now.kind), kit.Body.In(kit.ColorWarn)
	case d.Delivered && d.now.kind == core.TableIncome:
		return words.Say("AppFolio already delivers payments. They would count twice."), kit.Body.In(kit.ColorWarn)
	}
	return noteText(d.now.kind), kit.Muted
}

// submit imports what was found, and remembers the columns if the person chose them.
func (d *Dialog) submit() {
	if d.foot.take.Disabled() {
		return
	}
	d.keep(words.Say("Importing"))
	file, now, said := d.now.source.name(), d.now, d.wish.said || d.wish.columns != nil
	if now.source.pasted {
		file = words.Say("From the clipboard")
	}
	frame.Background(d.Post, func(ctx context.Context) (outcome, error) {
		out, err := take(ctx, d.Bell, file, now.found)
		if layout, titled := imports.LayoutOf(now.sheet, now.kind, now.columns); err == nil && titled && said {
			err = d.Bell.KeepLayout(layout)
		}
		return out, err
	}, func(out outcome, err error) {
		d.foot.said, d.foot.undoes = words.Imported(now.kind, out.taken), out.undoes
		d.end(kept, err)
	})
}

// outcome is what an import has done, and whether it can be undone: payments and work
// orders are events, which are never deleted.
type outcome struct {
	taken  core.Taken
	undoes core.PastImport // zero: nothing
}

// take imports what was found in a file.
func take(ctx context.Context, b Bell, file string, found imports.Found) (out outcome, err error) {
	before, err := b.LastImport()
	if err != nil {
		return out, err
	}
	if out.taken, err = b.Import(ctx, file, found, false); err != nil {
		return out, err
	}
	after, err := b.LastImport()
	if after != before {
		out.undoes = after
	}
	return out, err
}

// undo puts back what was just imported.
func (d *Dialog) undo() {
	d.keep(words.Say("Putting back what was there"))
	last := d.foot.undoes
	frame.Background(d.Post, func(ctx context.Context) (core.Undone, error) { return d.Bell.UndoImport(ctx, last) }, func(u core.Undone, err error) {
		d.foot.said = words.PutBack(u)
		d.end(undone, err)
	})
}

// keep begins work that cannot be stopped.
func (d *Dialog) keep(doing string) {
	d.stage, d.foot.doing, d.foot.trouble = keeping, doing, nil
	d.paint()
}

// end shows how that work has ended.
func (d *Dialog) end(as stage, err error) {
	d.stage, d.foot.trouble = as, err
	if err != nil {
		d.stage = choosing
	}
	d.Given()
	if d.open {
		d.paint()
	}
}
