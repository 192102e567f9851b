package ui

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/ui/settings"
	"rentbell/ui/words"
)

// Updates finds and installs newer versions. The UI calls its functions in the
// background.
type Updates struct {
	Latest  func(context.Context) (r core.Release, found bool, err error)
	Install func(context.Context, core.Release) error // nil: opens the release's page instead
}

// lastLook is the preference with the time of the last check for a newer
// version.
const lastLook = "updates.looked"

// makeUpdates returns what the Settings page needs to check.
func (u *UI) makeUpdates(up *Updates) *settings.Updates {
	if up == nil {
		return nil
	}
	kept := u.app.Preferences()
	return &settings.Updates{
		Latest: up.Latest, Install: up.Install,
		Looked: func() time.Time {
			at, err := time.Parse(time.RFC3339, kept.String(lastLook))
			if err != nil { // never checked, or not readable
				return time.Time{}
			}
			return at
		},
		Look: func(at time.Time) { kept.SetString(lastLook, at.UTC().Format(time.RFC3339)) },
	}
}

// lookForUpdates checks once a week and notifies the user of a newer version.
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

// showAbout opens the About tab and shows the window.
func (u *UI) showAbout() {
	u.settings.Open(settings.AboutTab)
	u.Open(settingsSection)
	u.Show()
}
