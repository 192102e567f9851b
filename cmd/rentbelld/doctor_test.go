package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

// diagnosed runs the doctor and returns its exit code and what it found.
func diagnosed(t *testing.T, env []string, args ...string) (int, launch.Diagnosis, string) {
	t.Helper()
	p := start(t, env, append([]string{"doctor", "--json"}, args...)...)
	code := p.wait(t, 30*time.Second)
	var d launch.Diagnosis
	if err := json.Unmarshal([]byte(p.out.String()), &d); err != nil {
		t.Fatalf("%v in %q; stderr %q", err, p.out.String(), p.err.String())
	}
	return code, d, p.out.String()
}

func stateOf(t *testing.T, d launch.Diagnosis, name core.CheckName) core.CheckState {
	t.Helper()
	i := slices.IndexFunc(d.Checks, func(l launch.DiagnosisLine) bool { return l.Name == name })
	if i < 0 {
		t.Fatalf("no check is called %s", name)
	}
	return d.Checks[i].State
}

func TestDoctorAsksTheReceiverThatRuns(t *testing.T) {
	t.Parallel()
	service := ngroktest.New(t)
	play, base := vendor(t)
	dir := t.TempDir()
	p := registering(t, service, dir, base, webhookSecret)
	p.waitFor(t, p.err, `webhook registered`)

	code, d, text := diagnosed(t, nil, "--data", dir) // nothing of the connection is said again
	if code != 0 || !d.Healthy {
		t.Errorf("exit code %d: %s", code, text)
	}
	for _, name := range []core.CheckName{core.CheckInternet, core.CheckTunnel, core.CheckRegistration, core.CheckClock, core.CheckDisk} {
		if state := stateOf(t, d, name); state != core.CheckGood {
			t.Errorf("%s is %s: %s", name, state, text)
		}
	}
	for _, secret := range []string{apiKey, webhookSecret, authtoken} {
		if strings.Contains(text, secret) {
			t.Errorf("it shows %s", secret)
		}
	}
	if n := len(play.Webhooks()); n != 1 {
		t.Errorf("%d registrations after a look", n)
	}
	p.stop(t)
}

func TestDoctorFindsThatNobodyReceives(t *testing.T) {
	t.Parallel()
	service := ngroktest.New(t)
	_, base := vendor(t)
	dir := t.TempDir()
	p := registering(t, service, dir, base, webhookSecret)
	p.waitFor(t, p.err, `webhook registered`)
	p.stop(t)
	before := filesIn(t, dir)

	code, d, text := diagnosed(t, []string{launch.EnvAPIKey + "=" + apiKey, launch.EnvAuthtoken + "=" + authtoken},
		"--data", dir, "--appfolio-url", base, "--ngrok-connect-url", service.Addr(), "--ngrok-connect-cas", service.CAFile())
	if code != exitFailed || d.Healthy || stateOf(t, d, core.CheckTunnel) != core.CheckWarn || !strings.Contains(text, "not running") {
		t.Errorf("exit code %d: %s", code, text)
	}
	if after := filesIn(t, dir); !slices.Equal(after, before) {
		t.Errorf("it left %v, there was %v", after, before)
	}
	code, d, text = diagnosed(t, nil, "--data", dir, "--appfolio-url", base, "--ngrok-connect-url", "127.0.0.1:1", "--ngrok-connect-cas", service.CAFile())
	if code != exitFailed || stateOf(t, d, core.CheckTunnel) != core.CheckBad {
		t.Errorf("without ngrok's service: exit code %d: %s", code, text)
	}
}

func TestDoctorOfADeskAsksItsOffice(t *testing.T) {
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Desk")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 145000))
	d.same(t, r, "evt_1")
	check := func(healthy bool, office, lag, clock core.CheckState, says string) {
		t.Helper()
		code, found, text := diagnosed(t, nil, "--data", d.dir)
		if (code == 0) != healthy || stateOf(t, found, core.CheckOffice) != office || stateOf(t, found, core.CheckOfficeLag) != lag ||
			stateOf(t, found, core.CheckClock) != clock || !strings.Contains(text, says) {
			t.Errorf("exit code %d: %s", code, text)
		}
		for _, l := range found.Checks {
			if slices.Contains([]core.CheckName{core.CheckInternet, core.CheckTunnel, core.CheckRegistration, core.CheckSecrets}, l.Name) {
				t.Errorf("a desk needs no %s", l.Title)
			}
		}
	}
	check(true, core.CheckGood, core.CheckGood, core.CheckGood, "Rentbell there answers")
	d.stop(t)
	before := filesIn(t, d.dir)
	check(false, core.CheckWarn, core.CheckGood, core.CheckGood, "Nothing is followed")
	r.stop(t)
	check(false, core.CheckBad, core.CheckUnknown, core.CheckUnknown, "The office is out of reach")
	if after := filesIn(t, d.dir); !slices.Equal(after, before) {
		t.Errorf("it left %v, there was %v", after, before)
	}
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestDoctorOfADirectoryThatIsNotThereCreatesNothing(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "none")
	code, _, errs := command(t, "doctor", "--data", dir)
	if code != exitFailed || !strings.Contains(errs, dir) {
		t.Errorf("exit code %d, %q", code, errs)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory is there now: %v", err)
	}
}

func TestDoctorSpeaksToPeople(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := filepath.Join(dir, "rentbell.log")
	if err := os.WriteFile(log, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p, _ := serveOn(t, dir)
	_, out, errs := command(t, "doctor", "--data", dir)
	if !strings.Contains(out, "Log                  "+log+"\n") {
		t.Errorf("it does not name the log: %q", out)
	}
	if !strings.Contains(out, "ok    Tunnel") || !strings.Contains(out, "Disk space") || errs != "" {
		t.Errorf("stdout %q, stderr %q", out, errs)
	}
	p.stop(t)
}
