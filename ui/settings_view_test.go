package ui

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
)

// windowSize is that of the mock-ups.
var windowSize = fyne.NewSize(1180, 760)

func nowThen() time.Time { return june18 }

// settingsBench is what a Settings page is shown.
type settingsBench struct {
	view     *settingsView
	page     settingsPage
	settings core.Settings
	secrets  core.Secrets
}

func newSettingsBench() *settingsBench {
	b := &settingsBench{settings: core.DefaultSettings()}
	b.secrets = core.Secrets{
		APIKey:        core.NewSecret("af_live_0123456789_4f2a"),
		WebhookSecret: core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e"),
		Authtoken:     core.NewSecret("2abcdefghijklmnopqrstuvQm7t"),
	}
	b.settings.Address = "https://oakline.ngrok.app"
	b.page.status = listening()
	b.page.status.Since = june18.Add(-2 * time.Hour)
	b.page.status.Summary.Events = 1204
	b.page.status.Registration = core.RegistrationStatus{Progress: core.Registered, Address: "https://oakline.ngrok.app" + core.WebhookPath, At: june18.Add(-41 * time.Hour)}
	return b
}

func (b *settingsBench) show() {
	p := b.page
	p.settings, p.secrets = b.settings, b.secrets
	b.view.show(p)
}

func TestSettingsLook(t *testing.T) {
	noVault := func(b *settingsBench) { b.page.status.Vault = core.ErrNoVault }
	tests := []struct {
		name   string
		tab    int
		look   kit.Appearance
		change func(*settingsBench)
	}{
		{"settings_connection", connectionTab, kit.Light, nil},
		{"settings_connection_dark", connectionTab, kit.Dark, nil},
		{"settings_connection_new", connectionTab, kit.Light, func(b *settingsBench) {
			b.secrets, b.settings, b.page.status = core.Secrets{}, core.DefaultSettings(), core.Status{}
		}},
		{"settings_connection_declined", connectionTab, kit.Light, func(b *settingsBench) {
			b.page.status.Connection = core.ConnectionRefused
			b.page.status.Problem = &core.TunnelError{Code: "ERR_NGROK_105", Refused: true, Err: errors.New("no")}
			b.page.status.Registration.Progress = core.Declined
			b.page.status.Registration.Problem = &core.SubscribeError{Status: 401, Message: "Invalid API key"}
			noVault(b)
		}},
		{"settings_notifications", notificationsTab, kit.Light, nil},
		{"settings_notifications_dark", notificationsTab, kit.Dark, func(b *settingsBench) {
			b.page.status.MutedUntil = june18.Add(time.Hour)
		}},
		{"settings_data", dataTab, kit.Light, noVault},
		{"settings_about", aboutTab, kit.Light, nil},
	}
	db := office(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, db, tt.look, windowSize)
			b := newSettingsBench()
			if tt.change != nil {
				tt.change(b)
			}
			b.view = d.settings
			d.Open(settingsSection)
			d.settings.open(tt.tab)
			d.status = b.page.status
			d.card.show(describeConnection(d.status, june18))
			b.show()
			assertLooks(t, tt.name, d.window)
		})
	}
}
