package settings

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/office"
	"rentbell/core/wholefile"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newDataCard makes the card that says how much is stored, and where.
func newDataCard(w *tasks) *card {
	c := newCard(w)
	seen := func(in func(core.Data) string) fyne.CanvasObject {
		return c.text(kit.Body, func(State) string {
			if !w.disk.seen {
				return ""
			}
			return in(w.disk.data)
		})
	}
	folder := kit.NewButton(words.Say("Open folder"), assets.Folder, func() { w.Do.OpenFolder(w.Dir) })
	path := kit.NewButton(words.Say("Copy"), assets.Copy, func() { w.Do.Copy(w.Dir) })
	return c.titled(words.Say("Your data"),
		dataRow(words.Say("Records"), c.text(kit.Body, recordsWords)),
		dataRow(words.Say("Received"), seen(func(d core.Data) string { return spanWords(d, w.Now()) })),
		dataRow(words.Say("Room"), seen(roomWords)),
		dataRow(words.Say("Folder"), kit.VStack(10, kit.NewProse(w.Dir, kit.Body), kit.Flow(8, folder, path))),
	)
}

func dataRow(label string, value fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(frame.LabelWidth, kit.NewText(label, kit.Muted).Tight(), value)
}

// recordsWords says how many events are stored.
func recordsWords(p State) string {
	s := p.Status
	n, events, apart := s.Summary.Events, explain.Number(s.Summary.Events), explain.Number(s.Summary.Quarantined)
	kept := words.SayN(n, "%s event.", "%s events.", events)
	if s.Summary.Quarantined > 0 {
		kept = words.SayN(n, "%s event, and %s kept apart because they could not be read.", "%s events, and %s kept apart because they could not be read.", events, apart)
	}
	if n := s.Office.Facts.Quarantined; n > 0 && atDesk(p) {
		return words.Paragraph(kept, words.SayN(n, "%s delivery could not be read. It is kept on the receiver.", "%s deliveries could not be read. They are kept on the receiver.", explain.Number(n)))
	}
	if s.Sample {
		return words.Paragraph(kept, words.Say("All of it is made up, and is deleted when you close Rentbell."))
	}
	return kept
}

func spanWords(d core.Data, now time.Time) string {
	oldest := words.Tongue.LongDate(d.Oldest.In(now.Location()), now)
	switch {
	case d.Events == 0 && d.Removed == 0:
		return words.Say("Nothing yet.")
	case d.Events == 0:
		return words.SayN(d.Removed, "%s event deleted for its age.", "%s events deleted for their age.", explain.Number(d.Removed))
	case d.Removed > 0:
		return words.SayN(d.Removed, "Since %s. Earlier: %s event, deleted for its age.", "Since %s. Earlier: %s events, deleted for their age.", oldest, explain.Number(d.Removed))
	}
	return words.Say("Since %s.", oldest)
}

func roomWords(d core.Data) string {
	if !d.FreeKnown {
		return words.Say("%s.", explain.Size(uint64(d.Bytes)))
	}
	return words.Say("%s. %s of the disk are free.", explain.Size(uint64(d.Bytes)), explain.Size(d.Free))
}

// keepYears are the choices of newKeepCard; 0 means for ever.
var keepYears = [...]int{0, 1, 2, 3, 5, 7, 10}

// newKeepCard makes the card that chooses for how long records are kept. Nothing
// is deleted before the user has confirmed how much.
func newKeepCard(w *tasks) *card {
	c := newCard(w)
	decides := func(p State) bool { return !atDesk(p) || w.manages(p) }
	var choices []kit.Choice
	for _, n := range keepYears {
		choices = append(choices, kit.Choice{Text: yearsName(n)})
	}
	years := kit.NewChoices(choices, func(i int, _ bool) { keepFor(c, keepYears[i]) }) // like chips of one choice: keepFor and the row keep one on
	c.row(func(p State) {
		for i, n := range keepYears {
			years.Set(i, n == keptYears(p))
		}
	})
	return c.titled(words.Say("Keep records for"), c.only(decides, years), c.text(kit.Caption, func(p State) string {
		if atDesk(p) {
			return officeKeeps(p.Status.Office.Facts, decides(p))
		}
		if p.Settings.KeepYears == 0 {
			return words.Say("Nothing is ever deleted.")
		}
		return words.Say("This year and as many full years before it. What was received before %s is deleted.", keptFrom(c.Now(), p.Settings.KeepYears))
	}), c.trouble)
}

// keptYears is for how many years records are kept, by the office at a desk of one.
func keptYears(p State) int {
	if atDesk(p) {
		return p.Status.Office.Facts.KeepYears
	}
	return p.Settings.KeepYears
}

// officeKeeps says for how long the office of a desk keeps records.
func officeKeeps(f core.OfficeFacts, decides bool) string {
	switch {
	case f.KeepYears == 0 && decides:
		return words.Say("The office deletes nothing. What you choose here counts on all desks.")
	case f.KeepYears == 0:
		return words.Say("The computer that receives decides. At the moment the office deletes nothing.")
	}
	return words.Say("The office keeps records for %s. What was received before %s is deleted on all desks.",
		yearsName(f.KeepYears), words.Tongue.Date(f.Before, "January 2, 2006"))
}

func yearsName(n int) string {
	if n == 0 {
		return words.Say("Ever")
	}
	return words.SayN(n, "%s year", "%s years", explain.Number(n))
}

// keptFrom returns the first day whose records are kept, with its year.
func keptFrom(now time.Time, years int) string {
	return words.Tongue.Date(core.KeptFrom(now, years).In(now.Location()), "January 2, 2006")
}

// keepFor saves a choice. It asks first if that deletes records.
func keepFor(c *card, years int) {
	c.show(c.page) // the saved choice stays on until the other is saved
	if years == keptYears(c.page) {
		return
	}
	keep := func() {
		if atDesk(c.page) {
			c.keepInOffice(years)
			return
		}
		c.Saver.Do(func(ctx context.Context) error { return c.Bell.KeepFor(ctx, years) }, c.tell)
	}
	if years == 0 {
		keep()
		return
	}
	frame.Background(c.Post, func(ctx context.Context) (core.Expired, error) {
		return c.Bell.Expired(ctx, years)
	}, func(e core.Expired, err error) {
		switch {
		case err != nil:
			c.tell(err)
		case e == core.Expired{}:
			keep()
		default:
			q := keepQuestion(e, keptFrom(c.Now(), years), keep)
			if atDesk(c.page) {
				q.Text = words.Paragraph(q.Text, words.Say("That goes for the computer that receives and for all desks."))
			}
			c.ask(q)
		}
	})
}

// keepInOffice has the receiver keep records for so many years. The status says so once it
// has been asked.
func (c *card) keepInOffice(years int) {
	c.manage(office.Ask{Do: office.AskKeep, Years: years}, func(err error) {
		if err == nil {
			c.Bell.Reconnect()
		}
		c.tell(err)
	})
}

func keepQuestion(e core.Expired, day string, do func()) frame.Question {
	q := frame.Question{Title: words.Say("Delete old records?"), Answer: do}
	q.Verb = words.SayN(e.Events, "Delete %s event", "Delete %s events", explain.Number(e.Events))
	gone := words.SayN(e.Events, "%s event from before %s would go. Payments among them: %s.", "%s events from before %s would go. Payments among them: %s.",
		explain.Number(e.Events), day, explain.Number(e.Payments))
	var apart, concerns string
	if e.Quarantined > 0 {
		apart = words.Say("Deliveries that could not be read: %s.", explain.Number(e.Quarantined))
	}
	if e.Concerns > 0 {
		concerns = words.Say("Still to be looked at: %s.", explain.Number(e.Concerns))
	}
	q.Text = words.Paragraph(gone, apart, concerns, words.Say("Open work orders, leases that run and tenants stay. What is deleted cannot be brought back, so back up first. Every New Year one more year goes."))
	return q
}

func (w *tasks) chooseDir(chosen func(dir string)) {
	w.Chooser.Folder(chooser.Ask{Title: words.Say("Choose a folder"), About: "backup"}, chosen)
}

// newNamesCard makes the card that counts the given names, and exports them.
func newNamesCard(w *tasks) *card {
	c := newCard(w)
	export := kit.NewButton(words.Say("Export names"), assets.Export, func() { exportNames(c) })
	c.row(func(p State) { frame.SetEnabled(export, namesCounted(p.Names) != "") })
	return c.titled(words.Say("Names"),
		c.text(kit.Body, func(p State) string {
			if counted := namesCounted(p.Names); counted != "" {
				return words.Say("%s.", counted)
			}
			return words.Say("You have given no names yet.")
		}),
		kit.NewProse(words.Say("AppFolio may send only ids. Name a lease, tenant, property, unit or vendor where its details are shown, or import a table of names."), kit.Caption),
		kit.Flow(8, export),
		c.trouble,
	)
}

// newImportCard makes the card that imports tables, and undoes the last import.
func newImportCard(w *tasks) *card {
	c := newCard(w)
	undo := kit.NewLink(words.Say("Undo"), func() { undoImport(c) })
	last := kit.Spread(8, kit.VStack(0,
		c.text(kit.Body, func(State) string { return w.disk.lastImport.File }),
		c.text(kit.Caption, func(State) string { return lastImportWords(w) })), undo)
	return c.titled(words.Say("Import"),
		kit.NewProse(words.Say("Names, expected rents, or a report of AppFolio. A table of rents is surer than what Rentbell learns from three months of payments, and a rent that you type counts before both."), kit.Caption),
		kit.Flow(8, kit.NewButton(words.Say("Import a table"), nil, w.Do.Import)),
		c.only(func(State) bool { return !w.disk.lastImport.IsZero() }, last),
		c.trouble,
	)
}

// lastImportWords says when the last import was that can be undone, and what it did.
func lastImportWords(w *tasks) string {
	last, now := w.disk.lastImport, w.Now()
	return words.Say("%s: %s", words.Moment(last.At.In(now.Location()), now), words.Imported(last.Kind, last.Taken))
}

// undoImport puts back what the last import changed.
func undoImport(c *card) {
	last := c.disk.lastImport
	frame.Background(c.Post, func(ctx context.Context) (core.Undone, error) { return c.Bell.UndoImport(ctx, last) }, func(u core.Undone, err error) {
		if err != nil {
			c.tell(err)
			return
		}
		c.say(words.PutBack(u), kit.Caption)
		c.Do.Imported()
		c.view.lookAtDisk()
	})
}

// namesCounted returns "2 leases, 1 vendor", or nothing while there are no names.
func namesCounted(table *names.Table) string {
	var parts []string
	for _, kind := range core.NameKinds() {
		if n := table.Given(kind); n > 0 {
			parts = append(parts, words.Tongue.Count(n, string(kind)))
		}
	}
	return words.Joined(parts...)
}

// exportNames asks for a file and writes the names to it.
func exportNames(c *card) {
	c.Chooser.Save(chooser.Ask{Title: words.Say("Save names"), About: "names", Name: "Rentbell names.csv"}, func(path string) {
		table := c.Bell.Names()
		frame.Background(c.Post, func(ctx context.Context) (string, error) {
			return path, wholefile.Write(ctx, path, func(w io.Writer) error { return names.Write(w, table, "") })
		}, func(path string, err error) {
			if err != nil {
				c.tell(err)
				return
			}
			c.say(words.Say("Saved as %s.", filepath.Base(path)), kit.Caption)
		})
	})
}
