package bell_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
)

// saved is what the file of a data directory keeps as settings, after change.
func saved(t *testing.T, dir string, change func(b *bbolt.Bucket) error) (value []byte) {
	t.Helper()
	db, err := bbolt.Open(filepath.Join(dir, store.FileName), 0o600, nil)
	if err == nil {
		err = errors.Join(db.Update(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("memo"))
			err := change(b)
			value = bytes.Clone(b.Get([]byte("settings")))
			return err
		}), db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestSettingsThatCannotBeUsedAreAtTheirDefaultAndTold(t *testing.T) {
	usual := core.DefaultSettings()
	for value, want := range map[string]func(s *core.Settings){
		`{"export_dir":"here","kind":"carrier pigeon","keep_years":-3}`:                          func(s *core.Settings) { s.ExportDir = "here" },
		`{"export_dir":"here","manual_port":70000,"door":"manual","manual_address":"https://x"}`: func(s *core.Settings) { s.ExportDir = "here" },
		`{"export_dir":"here","manual_port":"eight"}`:                                            func(s *core.Settings) { s.ExportDir, s.Welcomed = "here", true },
		`{"bell":{"smallest":-5,"payments":false,"digest":{"rhythm":"hourly","at":-99999999}}}`:  func(s *core.Settings) { s.Bell.Payments = false },
		`{"bell":{"quiet":{"on":true,"from":1e12,"to":5}}}`:                                      nil,
		`{"proxy":"http://user:pass@proxy:8080","appfolio_url":"http://api.appfolio.com"}`:       func(*core.Settings) {},
		`{"look":{"text_size":9000,"appearance":"neon"},"space":{"company":"evil.example/"}}`:    func(*core.Settings) {},
		`{"company":"Oakline\nProperty Care"}`:                                                   func(*core.Settings) {},
		`{"export_dir":`:                                                                         func(s *core.Settings) { s.Welcomed = true },
		`[]`:                                                                                     func(s *core.Settings) { s.Welcomed = true },
		"\x00\xff":                                                                               func(s *core.Settings) { s.Welcomed = true },
	} {
		dir, log := t.TempDir(), &bytes.Buffer{}
		db, err := store.Open(dir)
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		saved(t, dir, func(b *bbolt.Bucket) error { return b.Put([]byte("settings"), []byte(value)) })
		d := newDesk(t, dir, func(c *bell.Config) { c.Log = slog.New(slog.NewTextHandler(log, nil)) })
		s := d.Settings()
		if err := s.Validate(); err != nil {
			t.Errorf("%s: %v is in force", value, err)
		}
		if wanted := usual; want != nil {
			if want(&wanted); s != wanted {
				t.Errorf("%s: got %+v, want %+v", value, s, wanted)
			}
		}
		if !errors.Is(d.Status().Choices, core.ErrSettings) || !strings.Contains(log.String(), "settings") || strings.Contains(log.String(), "pass") {
			t.Errorf("%s: %v; log %s", value, d.Status().Choices, log)
		}
		if err := d.store.Close(); err != nil {
			t.Fatal(err)
		}
		if kept := saved(t, dir, func(*bbolt.Bucket) error { return nil }); string(kept) != value {
			t.Errorf("%s: became %s before anybody saved", value, kept)
		}
		d = newDesk(t, dir)
		if err := d.Change(t.Context(), func(s *core.Settings) { s.CloseToTray = false }); err != nil || d.Status().Choices != nil {
			t.Errorf("%s: %v; %v once they are saved", value, err, d.Status().Choices)
		}
	}
}

func TestSoundSettingsStayAsTheyAre(t *testing.T) {
	s := core.DefaultSettings()
	s.Kind, s.Door, s.ManualAddress, s.ManualPort, s.KeepYears = core.KindDeveloperSpace, core.TunnelManual, "https://x.example", 8080, 7
	s.Bell.Smallest, s.Space = 5000, core.Space{ClientID: "c", Company: "oak"}
	if got, err := s.Mended(); got != s || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}

func FuzzMendedSettingsAreValid(f *testing.F) {
	f.Add([]byte(`{"bell":{"smallest":-1,"quiet":{"days":255}},"manual_port":-1,"keep_years":99,"address":"x"}`))
	f.Fuzz(func(t *testing.T, value []byte) {
		s := core.DefaultSettings()
		_ = json.Unmarshal(value, &s) // whatever can be read
		mended, err := s.Mended()
		if bad := mended.Validate(); bad != nil || (err == nil) != (s.Validate() == nil) {
			t.Errorf("%+v: %v, %v", mended, bad, err)
		}
	})
}
