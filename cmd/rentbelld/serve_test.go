package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
)

func TestWrongCallsNameWhatIsMissingAndShowTheUsage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret, key := launch.EnvWebhookSecret+"=a-secret", launch.EnvAPIKey+"=a-key"
	tests := []struct {
		name string
		env  []string
		args []string
		says string
	}{
		{"no command", nil, nil, "no command"},
		{"unknown command", nil, []string{"sevre"}, `"sevre"`},
		{"no webhook secret", nil, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}, launch.EnvWebhookSecret},
		{"no authtoken", []string{secret}, []string{"serve", "--data", dir}, launch.EnvAuthtoken},
		{"no API key", []string{secret}, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--register"}, launch.EnvAPIKey},
		{"secret twice", []string{secret, launch.EnvWebhookSecret + "_FILE=/run/secrets/webhook"}, []string{"serve", "--data", dir}, launch.EnvWebhookSecret + "_FILE"},
		{"no file of a secret", []string{secret, launch.EnvAuthtoken + "_FILE=" + dir + "/none"}, []string{"serve", "--data", dir}, launch.EnvAuthtoken + "_FILE: stat " + dir + "/none"},
		{"no data", []string{secret}, []string{"serve", "--listen", "127.0.0.1:0"}, "--data"},
		{"not loopback", []string{secret, key}, []string{"serve", "--data", dir, "--listen", "0.0.0.0:8080"}, "--listen"},
		{"unknown flag", []string{secret}, []string{"serve", "--data", dir, "--token", "x"}, "token"},
		{"address without https", []string{secret}, []string{"serve", "--data", dir, "--ngrok-url", "http://a.ngrok.app"}, "https"},
		{"AppFolio by plain http", []string{secret}, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--appfolio-url", "http://api.appfolio.com"}, "this computer"},
		{"reports by plain http", []string{secret}, []string{"serve", "--data", dir, "--listen", "127.0.0.1:0", "--reports-url", "http://oakline.appfolio.com"}, "this computer"},
		{"a cluster without an office", []string{secret}, []string{"serve", "--data", dir, "--office-nats", "tls://nats.example.com"}, "--office-nats needs --office"},
		{"a cluster without credentials", []string{secret}, []string{"serve", "--data", dir, "--office", "127.0.0.1:0", "--office-nats", "tls://nats.example.com"}, launch.EnvNATSCredentials},
		{"a cluster with a password", []string{secret, launch.EnvNATSCredentials + "=x"}, []string{"serve", "--data", dir, "--office", "127.0.0.1:0", "--office-nats", "tls://me:hunter2@nats.example.com"}, launch.EnvNATSCredentials + "_FILE"},
		{"a cluster by plain TCP", []string{secret, launch.EnvNATSCredentials + "=x"}, []string{"serve", "--data", dir, "--office", "127.0.0.1:0", "--office-nats", "nats://nats.example.com"}, "tls://"},
		{"what is no .creds file", []string{secret, launch.EnvNATSCredentials + "=x"}, []string{"serve", "--data", dir, "--office", "127.0.0.1:0", "--office-nats", "tls://nats.example.com"}, launch.EnvNATSCredentials},
		{"left-over word", []string{secret}, []string{"serve", "--data", dir, "now"}, `"now"`},
		{"unknown format", nil, []string{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "sage", "--out", "-"}, "sage"},
		{"no such day", nil, []string{"export", "payments", "--data", dir, "--from", "2026-02-30", "--to", "2026-06-30", "--format", "xero", "--out", "-"}, "--from"},
		{"turned period", nil, []string{"export", "payments", "--data", dir, "--from", "2026-07-01", "--to", "2026-06-30", "--format", "xero", "--out", "-"}, "--from"},
		{"standard output split", nil, []string{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "xero", "--out", "-", "--split"}, "--split"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := start(t, tt.env, tt.args...)
			if code := p.wait(t, 5*time.Second); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			if errs := p.err.String(); !strings.Contains(errs, tt.says) || !strings.Contains(errs, "Usage:") {
				t.Errorf("stderr lacks %q or the usage:\n%s", tt.says, errs)
			}
		})
	}
}

func TestSecretOfAFileVerifiesDeliveries(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "webhook")
	if err := os.WriteFile(file, []byte(webhookSecret+"\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	p := start(t, []string{launch.EnvWebhookSecret + "_FILE=" + file}, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	mustDeliver(t, p.waitFor(t, p.err, `address=(http://\S+)`), rent("evt_1", "2026-06-18T10:40:00Z", 145000))
	p.stop(t)
}

func TestReadingWorksBesideAReceiverAndWithoutOne(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", strings.Repeat("deep", 30)) // longer than a socket's path may be
	p, address := serveOn(t, dir)
	mustDeliver(t, address,
		rent("evt_1", "2026-06-18T10:40:00Z", 145000),
		rent("evt_1", "2026-06-18T10:40:00Z", 145000),
		rent("evt_2", "2026-06-19T10:40:00Z", -5000),
		`{"id":"evt_3","type":"payment.received","created_at":"2026-06-19T10:40:00Z","data":{"big":12345678901234567890.10}}`,
		`no object`)
	p.waitFor(t, p.out, `evt_3`)
	if got := countLines(p.out.String()); got != 3 {
		t.Errorf("serve printed %d lines for 3 events", got)
	}

	look := func() {
		t.Helper()
		_, out, _ := command(t, "events", "--data", dir, "--json")
		if countLines(out) != 3 || !strings.Contains(out, "12345678901234567890.10") {
			t.Errorf("events:\n%s", out)
		}
		var first map[string]any
		if err := json.NewDecoder(strings.NewReader(out)).Decode(&first); err != nil || first["id"] != "evt_1" || first["seq"] != 1.0 {
			t.Errorf("first event %v, %v", first, err)
		}
		if _, out, _ = command(t, "events", "--data", dir, "--json", "--quarantine"); countLines(out) != 1 || !strings.Contains(out, `"bm8gb2JqZWN0"`) {
			t.Errorf("quarantine:\n%s", out)
		}
		export := []string{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "quickbooks", "--out"}
		_, out, errs := command(t, append(export, "-")...)
		if want := "Date,Description,Amount"; countLines(out) != 3 || !strings.HasPrefix(out, want) || !strings.Contains(out, ",-50.00\n") {
			t.Errorf("export:\n%s", out)
		}
		if !strings.Contains(errs, "1 payments left out") {
			t.Errorf("export does not count the unusable amount:\n%s", errs)
		}
		file := filepath.Join(t.TempDir(), "june.csv")
		if code, _, errs := command(t, append(export, file)...); code != 0 {
			t.Errorf("export to a file: %d %s", code, errs)
		}
		if written, err := os.ReadFile(file); err != nil || string(written) != out {
			t.Errorf("the file differs from standard output: %v\n%s", err, written)
		}
	}
	look()
	for name, want := range map[string]os.FileMode{"": 0o700, "rentbell.db": 0o600, "rentbell.sock": 0o600} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q has mode %v, %v; want %v", name, info.Mode(), err, want)
		}
	}
	p.stop(t)
	look()
}

func TestReadingWhatIsNotThereFailsAndCreatesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "none")
	out := filepath.Join(t.TempDir(), "out.csv")
	for _, args := range [][]string{
		{"events", "--data", dir, "--json"},
		{"export", "payments", "--data", dir, "--from", "2026-06-01", "--to", "2026-06-30", "--format", "xero", "--out", out},
	} {
		if code, _, errs := command(t, args...); code != exitFailed || errs == "" {
			t.Errorf("%v: exit code %d, %q", args, code, errs)
		}
	}
	for _, path := range []string{dir, out} {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s is there: %v", path, err)
		}
	}
}

func TestSecondReceiverSaysWhichDirectoryIsInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	serveOn(t, dir)
	p := start(t, []string{launch.EnvWebhookSecret + "=other"}, "serve", "--data", dir, "--listen", "127.0.0.1:0")
	if code := p.wait(t, 5*time.Second); code != exitFailed || !strings.Contains(p.err.String(), dir) || !strings.Contains(p.err.String(), "Rentbell is already running.") {
		t.Errorf("exit code %d; stderr:\n%s", code, p.err)
	}
	if strings.Contains(p.err.String(), "listening") {
		t.Error("it listened before it looked")
	}
}

func TestStopWaitsForNobodyLongerThanTenSeconds(t *testing.T) {
	t.Parallel()
	p, address := serveOn(t, t.TempDir())
	for range 5 { // clients that begin and never end
		conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }() // the receiver closes it
		fmt.Fprintf(conn, "POST /webhooks/appfolio HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
	}
	mustDeliver(t, address, rent("evt_1", "", 1)) // others are unaffected
	p.stop(t)
}
