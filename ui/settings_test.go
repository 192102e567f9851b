package ui

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/names"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// windowSize is the size of the window in these tests.
var windowSize = fyne.NewSize(1180, 760)

func nowThen() time.Time { return june18 }

// settingsBench is what a test shows on the Settings page.
type settingsBench struct {
	view     *settings.View
	page     settings.State
	open     string             // section of the page to open
	report   func(*core.Report) // result of the health check; nil: no problem
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
	b.page.Names = names.NewTable(map[core.NameKey]core.Name{
		{Kind: core.NameLease, ID: "20931"}: {Given: "Ines Hall"}, {Kind: core.NameVendor, ID: "V-12"}: {Given: "Tolliver Plumbing"},
		{Kind: core.NameLease, ID: "20932"}: {Given: "Bo Reyes"}, {Kind: core.NameUnit, ID: "7"}: {Learned: "7B"},
	})
	b.page.Status = listening()
	b.page.Status.Since = june18.Add(-2 * time.Hour)
	b.page.Status.Summary.Events = 1204
	b.page.Status.VaultKind = core.VaultKeychain
	b.page.Status.Line = core.Line{Plan: "Free", Region: "us", Latency: 41 * time.Millisecond}
	b.page.Status.Registration = core.RegistrationStatus{Progress: core.Registered, Address: "https://oakline.ngrok.app" + core.WebhookPath, At: june18.Add(-41 * time.Hour)}
	return b
}

func (b *settingsBench) show() {
	p := b.page
	p.Settings, p.Secrets = b.settings, b.secrets
	b.view.Show(p)
}

// limited has settings that use every rule of the bell.
func limited(b *settingsBench) {
	bells := &b.settings.Bell
	bells.Smallest, bells.Quiet.On, bells.Digest.Rhythm = 100_00, true, core.Workdays
	bells.Quiet.Days = core.EveryDay.With(time.Saturday, false)
}

// spaced has settings for a Developer Space.
func spaced(b *settingsBench) {
	b.page.Status.Kind = core.KindDeveloperSpace
	b.page.Status.Registration = core.RegistrationStatus{}
	b.page.Account = core.Account{Kind: core.KindDeveloperSpace, Space: core.Space{
		ClientID: "7d0f9a52-4b1e-4c60-9f3e-2a61d8c4b7e0", DeveloperID: "31c5b6e8-90aa-4d2f-8a3c-5b7e1f0d6c49",
	}, Secrets: core.Secrets{ClientSecret: core.NewSecret("space_secret_0123456789_c09e")}}
	b.settings.Space, b.settings.Kind = b.page.Account.Space, core.KindDeveloperSpace
	b.page.Status.Reading = core.ReadStatus{Progress: core.ReadCurrent, At: june18.Add(-time.Minute)}
	b.report = func(r *core.Report) {
		for i, c := range r.Checks {
			if c.Name == core.CheckRegistration {
				r.Checks[i].State, r.Checks[i].When = core.CheckUnknown, b.page.Status.Doorbell
			}
		}
	}
}

func TestSettingsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	noVault := func(b *settingsBench) {
		b.page.Status.Vault, b.page.Status.VaultKind = core.ErrNoVault, core.VaultMemory
	}
	tests := []struct {
		name   string
		tab    int
		look   kit.Appearance
		change func(*settingsBench)
	}{
		{"settings_connection", settings.ConnectionTab, kit.Light, nil},
		{"settings_connection_dark", settings.ConnectionTab, kit.Dark, nil},
		{"settings_connection_new", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			b.secrets, b.settings, b.page.Status = core.Secrets{}, core.DefaultSettings(), core.Status{}
		}},
		{"settings_connection_declined", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			b.page.Status.Connection = core.ConnectionRefused
			b.page.Status.Problem = &core.TunnelError{Code: "ERR_NGROK_105", Refused: true, Err: errors.New("no")}
			b.page.Status.Registration.Progress = core.Declined
			b.page.Status.Registration.Problem = &core.SubscribeError{Status: 401, Message: "Invalid API key"}
			noVault(b)
			b.report = func(r *core.Report) {
				for i, c := range r.Checks {
					switch c.Name {
					case core.CheckTunnel:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckBad, Err: b.page.Status.Problem}
					case core.CheckRegistration:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckBad, Err: b.page.Status.Registration.Problem}
					case core.CheckSignatures:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckWarn, Err: core.ErrSignaturesWrong, Good: 5, Bad: 1, When: june18.Add(-time.Hour)}
					case core.CheckSecrets:
						r.Checks[i] = core.Check{Name: c.Name, State: core.CheckWarn, Err: core.ErrNoVault}
					}
				}
			}
		}},
		{"settings_space", settings.ConnectionTab, kit.Light, spaced},
		{"settings_space_dark", settings.ConnectionTab, kit.Dark, func(b *settingsBench) {
			spaced(b)
			b.page.Status.Doorbell = june18.Add(-time.Minute)
			b.page.Status.Reading = core.ReadStatus{Progress: core.ReadLoading, Done: 120, Total: 300, At: june18}
		}},
		{"settings_space_trouble", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			spaced(b)
			b.page.Account.Space.Company, b.page.Account.Space.ReportsClientID = "oakline", "0c2e7f5a"
			b.page.Account.Secrets.ReportsSecret = core.NewSecret("reports_secret_0123_77ab")
			b.page.Status.Doorbell = june18.Add(-time.Minute)
			b.page.Status.Reading = core.ReadStatus{
				Progress: core.ReadBehind, Waiting: 3, Problem: &core.Refused{Status: 533}, RetryAt: june18.Add(time.Hour),
				Receipts: core.ErrReportsCredentials,
			}
			b.open = "Payments (Reports API)"
		}},
		{"settings_space_new", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			b.page.Account = core.Account{Kind: core.KindDeveloperSpace}
			b.secrets, b.settings, b.page.Status = core.Secrets{}, core.DefaultSettings(), core.Status{Kind: core.KindDeveloperSpace}
		}},
		{"settings_connection_manual", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			b.settings.Door, b.settings.ManualAddress, b.settings.ManualPort = core.TunnelManual, "https://bell.oakline.example", 8787
		}},
		{"settings_connection_more", settings.ConnectionTab, kit.Light, func(b *settingsBench) {
			b.open = "Other ways and networks"
		}},
		{"settings_connection_closed", settings.ConnectionTab, kit.Dark, func(b *settingsBench) {
			b.settings.Closed, b.page.Status.Connection = true, core.ConnectionClosed
		}},
		{"settings_data_file", settings.DataTab, kit.Light, func(b *settingsBench) { b.page.Status.VaultKind = core.VaultFile }},
		{"settings_data_locked", settings.DataTab, kit.Dark, func(b *settingsBench) {
			b.page.Status.Vault, b.page.Status.VaultKind, b.page.Status.Connection = core.ErrLocked, core.VaultFile, core.ConnectionOff
		}},
		{"settings_notifications", settings.NotificationsTab, kit.Light, nil},
		{"settings_notifications_dark", settings.NotificationsTab, kit.Dark, func(b *settingsBench) {
			b.page.Status.MutedUntil = june18.Add(time.Hour)
		}},
		{"settings_limits", settings.NotificationsTab, kit.Light, limited},
		{"settings_limits_dark", settings.NotificationsTab, kit.Dark, func(b *settingsBench) {
			limited(b)
			b.settings.Bell.Quiet.On = false
			b.settings.Bell.Digest.Rhythm = core.Hourly
			b.settings.Bell.Statuses = "new,Work Done"
		}},
		{"settings_appearance", settings.AppearanceTab, kit.Light, nil},
		{"settings_appearance_dark", settings.AppearanceTab, kit.Dark, func(b *settingsBench) {
			b.settings.Look = core.Look{Appearance: core.AppearanceDark, TextSize: 100, Still: true}
		}},
		{"settings_data", settings.DataTab, kit.Light, noVault},
		{"settings_data_dark", settings.DataTab, kit.Dark, func(b *settingsBench) {
			b.settings.KeepYears = 2
			b.data = core.Data{Holdings: core.Holdings{
				Events: 1204, Bytes: 48_300_000, Oldest: uitest.Day(5, 9, 0).AddDate(-2, 0, 0), Removed: 812, Backup: uitest.Day(12, 17, 5),
			}, Free: 182_000_000_000, FreeKnown: true}
		}},
		{"settings_about", settings.AboutTab, kit.Light, nil},
	}
	db := uitest.Office(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, db, tt.look, windowSize)
			b := newSettingsBench()
			if tt.change != nil {
				tt.change(b)
			}
			d.bare.report = func() core.Report {
				r := uitest.WellReport(b.page.Status)
				if b.report != nil {
					b.report(&r)
				}
				return r
			}
			d.bare.data = func() (core.Data, error) { return b.data, nil }
			b.view = d.settings
			d.Open(settingsSection)
			d.settings.Open(tt.tab)
			d.status = b.page.Status
			d.card.show(describeConnection(d.status, june18))
			b.show()
			if b.open != "" {
				uitest.TapText(t, d.window, b.open)
			}
			looks(t, tt.name, d.UI)
		})
	}
}

func TestDataDialogsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	for name, q := range map[string]frame.Question{
		"data_keep": {
			Title: "Delete old records?", Verb: "Delete 1,204 events",
			Text: "1,204 events from before January 1, 2024 would go. Payments among them: 800. Deliveries that could not be read: 2. Still to be looked at: 3. " +
				"Open work orders, leases that run and tenants stay. What is deleted cannot be brought back, so back up first. Every New Year one more year goes.",
		},
		"data_restore": {
			Title: "Go back to this backup?", Verb: "Restore",
			Text: "It is whole and holds 1,180 events, received from June 5, 2024 to June 10, 2026. Here are 1,204 events now, the last of June 18, 2026. " +
				"All that is here now, and all that still arrives until you restore, stays in a file of its own in your data folder. What AppFolio sent after the backup was made is only there, and AppFolio does not send it again. Settings and keys stay as they are.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, uitest.Office(t), kit.Light, windowSize)
			d.bare.data = func() (core.Data, error) { return newSettingsBench().data, nil }
			d.Open(settingsSection)
			d.settings.Open(settings.DataTab)
			frame.Ask(d.window.Canvas(), q)
			looks(t, name, d.UI)
		})
	}
}

// exportsSeen opens the Exports tab with earlier exports.
func exportsSeen(t *testing.T, past []core.PastExport) settingsDesk {
	t.Helper()
	d := openSettings(t, nil)
	if err := d.db.SaveExports(past); err != nil {
		t.Fatal(err)
	}
	d.saver.Change(func(s *core.Settings) { s.ExportDir = "/home/morgan/Documents/Rentbell exports" }, nil)
	d.work.All(t)
	d.settings.Open(settings.ExportsTab)
	d.work.All(t)
	return d
}

func TestExportsTabLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	for name, look := range map[string]kit.Appearance{"settings_exports": kit.Light, "settings_exports_dark": kit.Dark} {
		t.Run(name, func(t *testing.T) {
			d := exportsSeen(t, uitest.PastExports())
			d.app.Settings().SetTheme(&kit.Theme{Appearance: look, Still: true})
			looks(t, name, d.UI)
		})
	}
	t.Run("none", func(t *testing.T) { looks(t, "settings_exports_none", exportsSeen(t, nil).UI) })
}

func TestQuestionBeforeANewSecretLooks(t *testing.T) {
	d := openSettings(t, func(c *bell.Config) {
		c.Vault.(*uitest.Keeper).Kept.WebhookSecret = core.NewSecret("rb_7f41aaaaaaaaaaaaaaaaaaaaaaaac09e")
	})
	uitest.Tap(t, d.settings.Page.Object, "Make new")
	looks(t, "settings_make_new", d.UI)
}
