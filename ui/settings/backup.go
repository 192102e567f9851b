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

// backupCard makes a backup, or restores one.
type backupCard struct {
	*card
	backUp, restore *kit.Button
	work            *fyne.Container // visible while a backup is made or checked
	step            *kit.Text
	bar             *kit.Progress
	stop            func()
}

func newBackupCard(w *tasks) *backupCard {
	c := &backupCard{card: newCard(w), stop: func() {}}
	c.backUp = kit.NewButton(words.Say("Back up"), assets.Export, c.start).Primary()
	c.restore = kit.NewButton(words.Say("Restore a backup"), assets.Refresh, c.check)
	c.step, c.bar = kit.NewText("", kit.Body).Tight(), kit.NewProgress(kit.ColorPrimary, 0)
	c.work = kit.Spread(12, kit.VStack(5, c.step, c.bar), kit.NewButton(words.Say("Cancel"), nil, func() { c.stop() }))
	c.work.Hide()
	c.titled(words.Say("Backup"), c.text(kit.Body, c.lastWords), kit.Flow(8, c.backUp, c.restore), c.work, c.trouble,
		kit.NewProse(words.Say("One file with all records, without your keys. Whoever has it can read them: keep it in a safe place."), kit.Caption))
	return c
}

// lastWords says when the last backup was made.
func (c *backupCard) lastWords(State) string {
	made := c.disk.data.Backup
	if made.IsZero() {
		return words.Say("No backup has been made yet.")
	}
	return words.Say("The last backup was made %s.", c.at(made))
}

// busy shows or hides that work is under way.
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

// end shows the result of the work.
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

// run does long work in the background and shows its progress.
func run[T any](c *backupCard, doing, step string, work func(ctx context.Context, progress func(done, total int)) (T, error), then func(T, error)) {
	gauge := &frame.Gauge{Post: c.Post, Show: c.progress}
	c.busy(true, step)
	c.stop = c.Post(func(ctx context.Context) func() {
		v, err := work(ctx, gauge.Set)
		return func() {
			c.Report(doing, err)
			c.busy(false, "")
			then(v, err)
		}
	})
}

func (c *backupCard) start() { c.chooseDir(c.backUpTo) }

func (c *backupCard) backUpTo(dir string) {
	day := c.Now()
	run(c, "back up", words.Say("Backing up"), func(ctx context.Context, progress func(done, total int)) (string, error) {
		path := backupPath(dir, day)
		return path, c.Bell.Backup(ctx, path, progress)
	}, func(path string, err error) {
		c.end(words.Say("Backed up as %s in %s.", filepath.Base(path), words.FolderName(filepath.Dir(path))), err)
		c.view.lookAtDisk()
	})
}

func (c *backupCard) check() {
	ask := chooser.Ask{Title: words.Say("Choose a backup"), About: "backup", Files: words.Say("Backups of Rentbell"), Kinds: []string{".db"}}
	c.Chooser.Open(ask, func(path string) {
		run(c, "examine a backup", words.Say("Checking the backup"), func(ctx context.Context, progress func(done, total int)) (core.Candidate, error) {
			return c.Bell.Examine(ctx, path, progress)
		}, c.checked)
	})
}

func (c *backupCard) checked(found core.Candidate, err error) {
	if err != nil {
		c.end("", err)
		return
	}
	q := restoreQuestion(found.Holdings(), c.disk.data, c.Now())
	q.Answer, q.OnLeave = func() { c.adopt(found) }, found.Discard
	c.ask(q)
}

// adopt replaces the records by those of a backup.
func (c *backupCard) adopt(found core.Candidate) {
	frame.Background(c.Post, func(context.Context) (string, error) { return c.Bell.Restore(found) }, func(aside string, err error) {
		c.Report("restore", err)
		c.end(words.Say("Restored. What was here before is in %s in your data folder.", aside), err)
		c.Do.Restored()
	})
}

// restoreQuestion says what the backup holds, and what becomes of the present
// records.
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

// backupPath returns an unused name for a backup of a day. An earlier backup of
// the same day is never replaced: it may be the one that is needed.
func backupPath(dir string, day time.Time) string {
	name := filepath.Join(dir, "Rentbell backup "+day.Format("2006-01-02"))
	path := name + ".db"
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path // unused; any other error comes again when the backup is written
		}
		path = fmt.Sprintf("%s (%d).db", name, n)
	}
}
