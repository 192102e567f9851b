package uitest

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/bell"
	"rentbell/core/tunnel"
	"rentbell/store"
)

// Keeper is a vault in memory. It can be made to fail.
type Keeper struct {
	NoVault
	Kept core.Secrets
	Err  error // returned by Save
}

func (k *Keeper) Kind() core.VaultKind        { return core.VaultKeychain }
func (k *Keeper) Load() (core.Secrets, error) { return k.Kept, nil }
func (k *Keeper) Save(s core.Secrets) error {
	if k.Err == nil {
		k.Kept = s
	}
	return k.Err
}

// EmptyBell returns a bell over an empty store. change may modify its Config
// first. Its AppFolio is a sandbox that accepts the key
// af_live_0123456789_4f2a.
func EmptyBell(t testing.TB, change func(*bell.Config)) (*bell.Bell, *store.DB, *Keeper) {
	t.Helper()
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // a test may have closed it already
	vendor := httptest.NewServer(sandbox.New(sandbox.Config{APIKey: "af_live_0123456789_4f2a", Interval: -1}))
	t.Cleanup(vendor.Close)
	vault := &Keeper{}
	cfg := bell.Config{
		Override: core.Override{AppFolioURL: vendor.URL},
		Store:    db, Source: appfolio.New(), Tunnel: tunnel.Loopback{Address: "127.0.0.1:0"},
		Vault: vault, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return Present },
	}
	if change != nil {
		change(&cfg)
	}
	made, err := bell.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return made, db, vault
}

// WellReport returns a health check without problems.
func WellReport(s core.Status) core.Report {
	return core.Report{At: Present, Status: s, Checks: []core.Check{
		{Name: core.CheckInternet, State: core.CheckGood, Took: 41 * time.Millisecond},
		{Name: core.CheckTunnel, State: core.CheckGood, Took: 41 * time.Millisecond, Line: s.Line},
		{Name: core.CheckRegistration, State: core.CheckGood, When: s.Registration.At},
		{Name: core.CheckSignatures, State: core.CheckGood, Good: 6},
		{Name: core.CheckClock, State: core.CheckGood},
		{Name: core.CheckSecrets, State: core.CheckGood, Vault: core.VaultKeychain},
		{Name: core.CheckNotifications, State: core.CheckGood},
		{Name: core.CheckDisk, State: core.CheckGood, Free: 12_400_000_000},
	}}
}

// The secrets that a Space accepts.
const (
	GoodSecret  = "space_secret_0123456789_c09e"
	GoodReports = "reports_secret_0123_77ab"
)

// Space is a stand-in for Developer Space that accepts GoodSecret and
// GoodReports.
type Space struct {
	Asked   []core.Account
	Silence error // replaces every answer
}

func (*Space) Open(context.Context, core.Account, http.Header, []byte, time.Time) (core.Delivery, error) {
	return core.Delivery{}, core.ErrForged
}

func (*Space) Reach(context.Context, core.Subscription) (core.Reached, error) {
	return core.Reached{}, nil
}

func (*Space) Run(ctx context.Context, _ core.Desk) { <-ctx.Done() }

// Try records an account and checks its secrets.
func (s *Space) Try(_ context.Context, a core.Account) (records, receipts error) {
	s.Asked = append(s.Asked, a)
	if s.Silence != nil {
		return s.Silence, s.Silence
	}
	no := &core.Refused{Status: http.StatusUnauthorized}
	if a.Secrets.ClientSecret.Reveal() != GoodSecret {
		records = no
	}
	if a.Secrets.ReportsSecret.Reveal() != GoodReports {
		receipts = no
	}
	return records, receipts
}
