package failure

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Upgrade is what the window shows while a new version writes the data anew.
type Upgrade struct {
	// Wait returns when that is over, with the error that it ended with. It runs on a
	// goroutine of its own, and may call progress on it.
	Wait func(ctx context.Context, progress func(done, total int)) error
	// Problem turns that error into what the window shows then.
	Problem func(error) Problem
	// Ready is called when the data is ready. The app quits right afterwards.
	Ready func()
}

// ShowUpgrade opens a small window that shows how far the data is. Closing the window
// quits the app, whose caller stops the work then.
func ShowUpgrade(ctx context.Context, app fyne.App, u Upgrade) {
	open(app, func() *failure { return newUpgrade(u, frame.NewPoster(ctx, fyne.Do), app.Quit) })
}

func newUpgrade(u Upgrade, post frame.Poster, quit func()) *failure {
	v := newView(post, quit)
	said := saying(explain.Words{
		Title: words.Say("Getting your data ready"),
		Cause: words.Say("Rentbell writes it anew for this version. This happens once and takes seconds, or a minute where there are very many events."),
		Fix:   words.Say("Nothing is lost. If you close this window, everything stays as it is, and the next start begins again."),
	})
	bar, share := kit.NewProgress(kit.ColorPrimary, 0), kit.NewText(percent(0), kit.Muted)
	line := kit.Spread(12, bar, share)
	said.Objects = append(said.Objects[:2:2], line, said.Objects[2])
	v.put(said, action{}, v.close())
	shown := 0
	gauge := &frame.Gauge{Post: post, Show: func(done, total int) {
		if part := partOf(done, total); part != shown { // nothing is drawn that looks as before
			shown = part
			bar.Set(float32(part) / 100)
			share.Set(percent(part))
			line.Refresh() // a longer text needs more room
		}
	}}
	frame.Run(post, func(ctx context.Context) error { return u.Wait(ctx, gauge.Set) }, func(err error) {
		if err != nil {
			v.tell(u.Problem(err))
			return
		}
		u.Ready()
		quit()
	})
	return v
}

// partOf returns how many hundredths are done. The last one is over only with the work.
func partOf(done, total int) int {
	if total <= 0 {
		return 0
	}
	return min(max(0, int(100*float64(done)/float64(total))), 99)
}

func percent(part int) string { return explain.Number(part) + "%" }
