package ui

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// windowSize is that of the mock-ups.
var windowSize = fyne.NewSize(1180, 760)

func nowThen() time.Time { return june18 }

// settingsBench is what a Settings page is shown.
type settingsBench struct {
	view     *settingsView
	page     settingsPage
	open     string             // a part of the page to open
	report   func(*core.Report) // what the health check finds; nil: all is well
	settings core.Settings
	secrets  core.Secrets
	data     core.Data
}

func newSettingsBench() *settingsBench {
	b := &settingsBench{settings: core.DefaultSettings()}
	b.secrets = core.Secrets{
		APIKey:        core.NewSecret("af_live_0123456789_4f2a"),
		WebhookSecret: core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e"),
		Authtoken:     core.NewSecret("2abcdefghijklmnopqrstuvQm7t"),
	}
	b.data.Events, b.data.Bytes, b.data.Oldest = 1204, 2_400_000, june18.AddDate(0, -4, 0)
	b.settings.Address = "https://oakline.ngrok.app"
	b.page.names = names.NewTable(map[core.NameKey]core.Name{
		{Kind: core.NameLease, ID: "20931"}: {Given: "Ines Hall"}, {Kind: core.NameVendor, ID: "V-12"}: {Given: "Tolliver Plumbing"},
		{Kind: core.NameLease, ID: "20932"}: {Given: "Bo Reyes"}, {Kind: core.NameUnit, ID: "7"}: {Learned: "7B"},
	})
	b.page.status = listening()
	b.page.status.Since = june18.Add(-2 * time.Hour)
	b.page.status.Summary.Events = 1204
	b.page.status.VaultKind = core.VaultKeychain
	b.page.status.Line = core.Line{Plan: "Free", Region: "us", Latency: 41 * time.Millisecond}
	b.page.status.Registration = core.RegistrationStatus{Progress: core.Registered, Address: "https://oakline.ngrok.app" + core.WebhookPath, At: june18.Add(-41 * time.Hour)}
	return b
}

func (b *settingsBench) show() {
	p := b.page
	p.settings, p.secrets = b.settings, b.secrets
	b.view.show(p)
}

// limited has every rule of the bell in use.
func limited(b *settingsBench) {
	bells := &b.settings.Bell
	bells.Smallest, bells.Quiet.On, bells.Digest.Rhythm = 100_00, true, core.Workdays
	bells.Quiet.Days = core.EveryDay.With(time.Saturday, false)
}

// spaced is connected through a Developer Space.
func spaced(b *settingsBench) {
	b.page.status.Kind = core.KindDeveloperSpace
	b.page.status.Registration = core.RegistrationStatus{}
	b.page.account = core.Account{Kind: core.KindDeveloperSpace, Space: core.Space{
		ClientID: "7d0f9a52-4b1e-4c60-9f3e-2a61d8c4b7e0", DeveloperID: "31c5b6e8-90aa-4d2f-8a3c-5b7e1f0d6c49",
	}, Secrets: core.Secrets{ClientSecret: core.NewSecret("space_secret_0123456789_c09e")}}
	b.settings.Space, b.settings.Kind = b.page.account.Space, core.KindDeveloperSpace
	b.page.status.Reading = core.ReadStatus{Progress: core.ReadCurrent, At: june18.Add(-time.Minute)}
	b.report = func(r *core.Report) {
		for i, c := range r.Checks {
			if c.Name == core.CheckRegistration {
				r.Checks[i].State, r.Checks[i].When = core.CheckUnknown, b.page.status.Doorbell
			}
		}
	}
}

func TestSettingsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	noVault := func(b *settingsBench) {
		b.page.status.Vault, b.page.status.VaultKind = core.ErrNoVault, core.VaultMemory
	}
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
			b.report = func(r *core.Report) {
				for i, c := range r.Checks {
					switch c.Name {
					case core.CheckTunnel:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckBad, Err: b.page.status.Problem}
					case core.CheckRegistration:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckBad, Err: b.page.status.Registration.Problem}
					case core.CheckSignatures:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckWarn, Err: core.ErrSignaturesWrong, Good: 5, Bad: 1, When: june18.Add(-time.Hour)}
					case core.CheckSecrets:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckWarn, Err: core.ErrNoVault}
					}
				}
			}
		}},
		{"settings_space", connectionTab, kit.Light, spaced},
		{"settings_space_dark", connectionTab, kit.Dark, func(b *settingsBench) {
			spaced(b)
			b.page.status.Doorbell = june18.Add(-time.Minute)
			b.page.status.Reading = core.ReadStatus{Progress: core.ReadLoading, Done: 120, Total: 300, At: june18}
		}},
		{"settings_space_trouble", connectionTab, kit.Light, func(b *settingsBench) {
			spaced(b)
			b.page.account.Space.Company, b.page.account.Space.ReportsClientID = "oakline", "0c2e7f5a"
			b.page.account.Secrets.ReportsSecret = core.NewSecret("reports_secret_0123_77ab")
			b.page.status.Doorbell = june18.Add(-time.Minute)
			b.page.status.Reading = core.ReadStatus{
				Progress: core.ReadBehind, Waiting: 3, Problem: &core.Refused{Status: 533}, RetryAt: june18.Add(time.Hour),
				Receipts: core.ErrReportsCredentials,
			}
			b.open = "Payments (Reports API)"
		}},
		{"settings_space_new", connectionTab, kit.Light, func(b *settingsBench) {
			b.page.account = core.Account{Kind: core.KindDeveloperSpace}
			b.secrets, b.settings, b.page.status = core.Secrets{}, core.DefaultSettings(), core.Status{Kind: core.KindDeveloperSpace}
		}},
		{"settings_connection_manual", connectionTab, kit.Light, func(b *settingsBench) {
			b.settings.Door, b.settings.ManualAddress, b.settings.ManualPort = core.TunnelManual, "https://bell.oakline.example", 8787
		}},
		{"settings_connection_more", connectionTab, kit.Light, func(b *settingsBench) {
			b.open = "Other ways and networks"
		}},
		{"settings_connection_closed", connectionTab, kit.Dark, func(b *settingsBench) {
			b.settings.Closed, b.page.status.Connection = true, core.ConnectionClosed
		}},
		{"settings_data_file", dataTab, kit.Light, func(b *settingsBench) { b.page.status.VaultKind = core.VaultFile }},
		{"settings_data_locked", dataTab, kit.Dark, func(b *settingsBench) {
			b.page.status.Vault, b.page.status.VaultKind, b.page.status.Connection = core.ErrLocked, core.VaultFile, core.ConnectionOff
		}},
		{"settings_notifications", notificationsTab, kit.Light, nil},
		{"settings_notifications_dark", notificationsTab, kit.Dark, func(b *settingsBench) {
			b.page.status.MutedUntil = june18.Add(time.Hour)
		}},
		{"settings_limits", notificationsTab, kit.Light, limited},
		{"settings_limits_dark", notificationsTab, kit.Dark, func(b *settingsBench) {
			limited(b)
			b.settings.Bell.Quiet.On = false
			b.settings.Bell.Digest.Rhythm = core.Hourly
			b.settings.Bell.Statuses = "new,Work Done"
		}},
		{"settings_appearance", appearanceTab, kit.Light, nil},
		{"settings_appearance_dark", appearanceTab, kit.Dark, func(b *settingsBench) {
			b.settings.Look = core.Look{Appearance: core.AppearanceDark, TextSize: 100, Still: true}
		}},
		{"settings_data", dataTab, kit.Light, noVault},
		{"settings_data_dark", dataTab, kit.Dark, func(b *settingsBench) {
			b.settings.KeepYears = 2
			b.data = core.Data{Holdings: core.Holdings{
				Events: 1204, Bytes: 48_300_000, Oldest: uitest.Day(5, 9, 0).AddDate(-2, 0, 0), Removed: 812, Backup: uitest.Day(12, 17, 5),
			}, Free: 182_000_000_000, FreeKnown: true}
		}},
		{"settings_about", aboutTab, kit.Light, nil},
	}
	db := uitest.Office(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, db, tt.look, windowSize)
			b := newSettingsBench()
			if tt.change != nil {
				tt.change(b)
			}
			b.view = d.settings
			health := partOf[*healthCard](t, d.UI)
			health.seen = healthCause{connection: -1} // as at the first look
			health.do.check = func(done func(core.Report)) {
				r := wellReport(b.page.status)
				if b.report != nil {
					b.report(&r)
				}
				done(r)
			}
			d.settings.data.do.look = func(done func(core.Data, error)) { done(b.data, nil) }
			d.Open(settingsSection)
			d.settings.open(tt.tab)
			d.status = b.page.status
			d.card.show(describeConnection(d.status, june18))
			b.show()
			if b.open != "" {
				uitest.TapText(t, d.window, b.open)
			}
			uitest.Looks(t, tt.name, d.window)
		})
	}
}
