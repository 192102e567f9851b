package ui

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/ui/settings"
	"rentbell/ui/words"
)

// Updates is how the program looks for newer versions and brings them. Its
// functions run beside the main goroutine.
type Updates struct {
	Latest  func(context.Context) (r core.Release, found bool, err error)
	Install func(context.Context, core.Release) error // nil: the release's page is opened
}

// lastLook is the preference that says when somebody last looked for a newer
// version.
const lastLook = "updates.looked"

// makeUpdates gives the Settings page what they need to look.
func (u *UI) makeUpdates(up *Updates) *settings.Updates {
	if up == nil {
		return nil
	}
	kept := u.app.Preferences()
	return &settings.Updates{
		Latest: up.Latest, Install: up.Install,
		Looked: func() time.Time {
			at, err := time.Parse(time.RFC3339, kept.String(lastLook))
			if err != nil { // never, or spoilt
				return time.Time{}
			}
			return at
		},
		Look: func(at time.Time) { kept.SetString(lastLook, at.UTC().Format(time.RFC3339)) },
	}
}

// lookForUpdates looks once a week, and tells of a newer version.
func (u *UI) lookForUpdates() {
	u.settings.LookForUpdates(u.bell.Settings().LookForUpdates, func(r core.Release) {
		notice := core.Notice{
			Title: words.Say("Rentbell %s is out.", r.Version),
			Body:  words.Say("Settings, About says what is new in it."),
			Press: words.Say("Open Rentbell"), Silent: true,
			Pressed: func() {
				u.post(func(context.Context) func() { return u.showAbout })
			},
		}
		u.post(func(ctx context.Context) func() {
			u.notify(ctx, notice)
			return func() {}
		})
	})
}

// showAbout brings the About tab to the front.
func (u *UI) showAbout() {
	u.settings.Open(settings.AboutTab)
	u.Open(settingsSection)
	u.Show()
}
