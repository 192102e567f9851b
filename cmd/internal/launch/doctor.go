package launch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/cmd/internal/logs"
	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/core/machine"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/tunnel"
	"rentbell/store"
	"rentbell/ui/explain"
)

// Diagnosis is the result of a health check, in words. Its JSON is what
// `rentbelld doctor --json` prints, so names of members stay.
type Diagnosis struct {
	At      time.Time       `json:"at"`
	Healthy bool            `json:"healthy"` // no check asks the user to do something
	Checks  []DiagnosisLine `json:"checks"`
	Logs    []string        `json:"logs,omitempty"` // paths of the files that the window has left in the data directory
}

// DiagnosisLine is the result of one check.
type DiagnosisLine struct {
	Name  core.CheckName  `json:"name"`
	State core.CheckState `json:"state"`
	Title string          `json:"title"`
	Text  string          `json:"text"`
	Fix   string          `json:"fix,omitempty"`
}

// diagnose puts a report on a data directory into English words.
func diagnose(r core.Report, dir string) Diagnosis {
	d := Diagnosis{At: r.At.UTC(), Healthy: r.Healthy(), Checks: []DiagnosisLine{}, Logs: logs.In(dir)}
	for _, c := range r.Checks {
		row := explain.English.Check(c, r.Status, r.At)
		d.Checks = append(d.Checks, DiagnosisLine{c.Name, c.State, row.Title, row.Text, row.Fix})
	}
	return d
}

// doctor returns a function that checks a running Bell, and more, and writes the
// Diagnosis as JSON.
func doctor(bell *bell.Bell, dir string, more ...func() []core.Check) func(context.Context, io.Writer) error {
	return func(ctx context.Context, w io.Writer) error {
		report := bell.Check(ctx)
		for _, check := range more {
			report.Checks = append(report.Checks, check()...)
		}
		return json.NewEncoder(w).Encode(diagnose(report, dir))
	}
}

// DiagnoseStopped checks a data directory that no Rentbell has open. It opens the
// store for reading only and creates no file. It uses only Dir, Connection, Vault and
// Upgrading of o. It returns core.ErrInUse when a Rentbell has the directory open.
func DiagnoseStopped(ctx context.Context, o Options) (Diagnosis, error) {
	db, err := store.OpenReaderContext(ctx, o.Dir, o.Upgrading)
	if err != nil {
		return Diagnosis{}, err
	}
	override := o.Connection.override()
	if s, err := db.Settings(); err == nil && override.Kind == "" && s.Kind == "" && isDesk(o.Dir) {
		override.Kind = core.KindOffice // rentbelld follow saves none
	}
	bell, err := bell.New(bell.Config{
		Store: db, Source: appfolio.New(), Tunnel: tunnel.Doors{}, Vault: o.Vault, Machine: machine.New(o.Dir),
		Faceless: true, Log: slog.New(slog.DiscardHandler), Override: override,
		DataDir: o.Dir, Glance: func(ctx context.Context) core.OfficeStatus { return glance(ctx, o.Dir, db) },
	})
	if err != nil {
		_ = db.Close() // it was only read
		return Diagnosis{}, fmt.Errorf("check %s: %w", o.Dir, err)
	}
	d := diagnose(bell.Check(ctx), o.Dir)
	return d, db.Close()
}

// isDesk reports whether a data directory has a desk's seat.
func isDesk(dir string) bool {
	_, err := desk.ReadSeat(dir)
	return !errors.Is(err, office.ErrNotJoined)
}

// glance asks the office of a data directory that nothing follows. It makes no file.
func glance(ctx context.Context, dir string, db *store.DB) core.OfficeStatus {
	seat, err := desk.ReadSeat(dir)
	if err != nil {
		return core.OfficeStatus{Problem: err}
	}
	have, err := db.Summary()
	if err != nil {
		return core.OfficeStatus{Name: seat.Name, Address: seat.Address, Problem: err}
	}
	key, err := keyInFile(ctx, dir)
	if err != nil {
		return core.OfficeStatus{Name: seat.Name, Address: seat.Address, Problem: err}
	}
	return desk.Glance(ctx, seat, key, have.LastSeq)
}

// keyInFile is the desk's key; nil when it is not in a file but in the keychain, which only
// the window opens.
func keyInFile(ctx context.Context, dir string) (nkeys.KeyPair, error) {
	if _, err := os.Stat(filepath.Join(dir, office.DeskKeyFile)); err != nil {
		return nil, nil
	}
	kept, err := office.FileKey(ctx, dir, office.DeskKeyFile, desk.NewKey)
	if err != nil {
		return nil, err
	}
	return desk.KeyOf(kept)
}
