package settings

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// backupCard makes a backup, or goes back to one.
type backupCard struct {
	card
	do              dataActions
	last            *kit.Prose
	backUp, restore *kit.Button
	work            *fyne.Container // while one is made or checked
	step            *kit.Text
	bar             *kit.Progress
	stop            func()
	data            core.Data // as last looked at
}

func newBackupCard(m means, do dataActions) *backupCard {
	c := &backupCard{card: newCard(m), do: do, stop: func() {}, last: kit.NewProse("", kit.Body)}
	c.backUp = kit.NewButton(words.Say("Back up"), assets.Export, c.start).Primary()
	c.restore = kit.NewButton(words.Say("Restore a backup"), assets.Refresh, c.check)
	c.step, c.bar = kit.NewText("", kit.Body).Tight(), kit.NewProgress(kit.ColorPrimary, 0)
	c.work = kit.Spread(12, kit.VStack(5, c.step, c.bar), kit.NewButton(words.Say("Cancel"), nil, func() { c.stop() }))
	c.work.Hide()
	c.object = newTitledCard(words.Say("Backup"), c.last, kit.HStack(8, c.backUp, c.restore), c.work, c.trouble,
		kit.NewProse(words.Say("One file with all records, without your keys. Whoever has it can read them: keep it in a safe place."), kit.Caption))
	return c
}

// show is for what comes with every status; look brings the rest.
func (c *backupCard) show(State) { c.paint(c.data) }

// paint shows when the last backup was made.
func (c *backupCard) paint(d core.Data) {
	c.data = d
	now := c.now()
	c.last.Set(words.Say("No backup has been made yet."))
	if !d.Backup.IsZero() {
		c.last.Set(words.Say("The last backup was made %s.", words.Tongue.At(d.Backup.In(now.Location()), now)))
	}
	c.relayout()
}

// busy shows that work has begun, or that it has ended.
func (c *backupCard) busy(on bool, step string) {
	frame.SetEnabled(c.backUp, !on)
	frame.SetEnabled(c.restore, !on)
	frame.SetVisible(c.work, on)
	if on {
		c.trouble.Hide()
		c.step.Set(step)
		c.bar.Set(0)
	}
	c.relayout()
}

func (c *backupCard) progress(done, total int) {
	if total > 0 {
		c.bar.Set(float32(done) / float32(total))
	}
}

// end tells how it went.
func (c *backupCard) end(text string, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		c.tell(nil)
	case err != nil:
		c.tell(err)
	default:
		c.say(text, kit.Body)
	}
}

func (c *backupCard) start() {
	c.do.backUp(func(stop func()) {
		c.stop = stop
		c.busy(true, words.Say("Backing up"))
	}, c.progress, func(path string, err error) {
		c.busy(false, "")
		c.end(words.Say("Backed up as %s in %s.", filepath.Base(path), words.FolderName(filepath.Dir(path))), err)
	})
}

func (c *backupCard) check() {
	c.do.examine(func(stop func()) {
		c.stop = stop
		c.busy(true, words.Say("Checking the backup"))
	}, c.progress, func(found core.Candidate, err error) {
		c.busy(false, "")
		if err != nil {
			c.end("", err)
			return
		}
		q := restoreQuestion(found.Holdings(), c.data, c.now())
		q.Answer, q.OnLeave = func() { c.adopt(found) }, found.Discard
		c.ask(q)
	})
}

// restoreQuestion says what would come, and what becomes of what is there.
func restoreQuestion(found core.Holdings, have core.Data, now time.Time) frame.Question {
	day := func(t time.Time) string { return words.Tongue.Date(t.In(now.Location()), "January 2, 2006") }
	q := frame.Question{Title: words.Say("Go back to this backup?"), Verb: words.Say("Restore")}
	holds := words.Say("It holds no events.")
	if found.Events > 0 {
		holds = words.SayN(found.Events, "It is whole and holds %s event, received from %s to %s.",
			"It is whole and holds %s events, received from %s to %s.", explain.Number(found.Events), day(found.Oldest), day(found.Newest))
	}
	here := ""
	if have.Events > 0 {
		here = words.SayN(have.Events, "Here is %s event now, of %s.", "Here are %s events now, the last of %s.", explain.Number(have.Events), day(have.Newest))
	}
	known := ""
	if n := found.DeletedIDs; n > 0 {
		known = words.SayN(n, "It also has the id of %s deleted event. Should AppFolio send it again, it counts as received.",
			"It also has the ids of %s deleted events. Should AppFolio send one of them again, it counts as received.", explain.Number(n))
	}
	q.Text = words.Paragraph(holds, known, here, words.Say("All that is here now, and all that still arrives until you restore, stays in a file of its own in your data folder. What AppFolio sent after the backup was made is only there, and AppFolio does not send it again. Settings and keys stay as they are."))
	return q
}

func (c *backupCard) adopt(found core.Candidate) {
	c.do.restore(found, func(aside string, err error) {
		c.end(words.Say("Restored. What was here before is in %s in your data folder.", aside), err)
	})
}

func (w *tasks) chooseBackup(chosen func(path string)) {
	w.Chooser.Open(chooser.Ask{
		Title: words.Say("Choose a backup"), About: "backup", Files: words.Say("Backups of Rentbell"), Kinds: []string{".db"},
	}, chosen)
}

// backUp makes a file that carries the day. A second one of the same day gets a
// number, for the first may be the one that is needed.
func (w *tasks) backUp(dir string, started func(stop func()), progress func(done, total int), done func(path string, err error)) {
	day := w.Now()
	meter := &frame.Gauge{Post: w.Post, Show: progress}
	started(w.Post(func(ctx context.Context) func() {
		path := backupPath(dir, day)
		err := w.Bell.Backup(ctx, path, meter.Set)
		return func() {
			w.Report("back up", err)
			done(path, err)
			w.view.lookAtData()
		}
	}))
}

// backupPath is a name of a day's backup that no file in dir has.
func backupPath(dir string, day time.Time) string {
	name := filepath.Join(dir, "Rentbell backup "+day.Format("2006-01-02"))
	path := name + ".db"
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path // there is none, or the backup itself will tell why not
		}
		path = fmt.Sprintf("%s (%d).db", name, n)
	}
}

func (w *tasks) examine(path string, started func(stop func()), progress func(done, total int), ready func(core.Candidate, error)) {
	meter := &frame.Gauge{Post: w.Post, Show: progress}
	started(w.Post(func(ctx context.Context) func() {
		c, err := w.Bell.Examine(ctx, path, meter.Set)
		return func() {
			w.Report("examine a backup", err)
			ready(c, err)
		}
	}))
}

// restore goes on with a backup, and shows what is there then.
func (w *tasks) restore(c core.Candidate, done func(aside string, err error)) {
	frame.Background(w.Post, func(context.Context) (string, error) { return w.Bell.Restore(c) }, func(aside string, err error) {
		w.Report("restore", err)
		done(aside, err)
		w.Do.Restored()
	})
}
