package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
)

// receiverOf is a serve with an office.
type receiverOf struct {
	*process
	dir, address string
	office       string // HOST:PORT
}

// serveOfficeOn starts a receiver with an office.
func serveOfficeOn(t testing.TB, dir, office string) *receiverOf {
	t.Helper()
	p, address := serveOn(t, dir, "--office", office)
	return &receiverOf{p, dir, address, p.waitFor(t, p.err, `msg=office listening=(\S+)`)}
}

// invite makes a code.
func (r *receiverOf) invite(t testing.TB) string {
	t.Helper()
	code, out, errs := command(t, "office", "invite", "--data", r.dir)
	if code != 0 || countLines(out) != 1 {
		t.Fatalf("invite: %d %q %s", code, out, errs)
	}
	return strings.TrimSpace(out)
}

// deskOf is a follow.
type deskOf struct {
	*process
	dir string
}

// join starts a desk that is new, and waits until it follows.
func (r *receiverOf) join(t testing.TB, name string) *deskOf {
	t.Helper()
	return r.joinIn(t, filepath.Join(t.TempDir(), "desk"), name)
}

func (r *receiverOf) joinIn(t testing.TB, dir, name string) *deskOf {
	t.Helper()
	p := start(t, nil, "follow", "--data", dir, "--office", r.office, "--code", r.invite(t), "--name", name)
	p.waitFor(t, p.err, `office is followed`)
	return &deskOf{p, dir}
}

// again starts a desk that has joined before.
func (d *deskOf) again(t testing.TB) {
	t.Helper()
	d.process = start(t, nil, "follow", "--data", d.dir)
	d.waitFor(t, d.err, `office is followed`)
}

func (p *process) kill(t testing.TB) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-p.exited
}

// eventsOf are the events of a data directory, as scripts get them.
func eventsOf(t testing.TB, dir string) string {
	t.Helper()
	code, out, errs := command(t, "events", "--data", dir, "--json")
	if code != 0 {
		t.Fatalf("events of %s: %d %s", dir, code, errs)
	}
	return out
}

// same waits until the desk has the receiver's newest event, whose id is told, and
// compares all.
func (d *deskOf) same(t testing.TB, r *receiverOf, newest string) {
	t.Helper()
	if newest != "" {
		d.waitFor(t, d.out, newest+`\]`)
	}
	if mine, theirs := eventsOf(t, d.dir), eventsOf(t, r.dir); mine != theirs {
		t.Errorf("the desk has %d events, the receiver %d, or they differ", countLines(mine), countLines(theirs))
	}
}

func TestADeskFollowsTheReceiver(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 145000), rent("evt_2", "2026-06-19T10:40:00Z", -5000), `no object`)
	d := r.join(t, "Front desk")
	d.same(t, r, "")
	mustDeliver(t, r.address, rent("evt_3", "2026-06-20T10:40:00Z", 100), rent("evt_3", "2026-06-20T10:40:00Z", 100))
	d.same(t, r, "evt_3")
	for dir, says := range map[string]string{d.dir: `"office_lag","state":"good"`, r.dir: `"office_desks","state":"good"`} {
		if _, out, errs := command(t, "doctor", "--data", dir, "--json"); !strings.Contains(out, says) {
			t.Errorf("the health check lacks %s: %s%s", says, out, errs)
		}
	}
	if printed := countLines(d.out.String()); printed != 1 {
		t.Errorf("a desk prints %d lines for one event that is new to it:\n%s", printed, d.out)
	}
	export := []string{"export", "payments", "--from", "2026-06-01", "--to", "2026-06-30", "--format", "quickbooks", "--out", "-", "--data"}
	_, theirs, _ := command(t, append(export, r.dir)...)
	if code, mine, errs := command(t, append(export, d.dir)...); code != 0 || mine != theirs || countLines(mine) != 4 {
		t.Errorf("export on the desk: %d %s\n%s", code, errs, mine)
	}
	for name, want := range map[string]os.FileMode{"": 0o700, "desk.key": 0o600, "desk.json": 0o600, "rentbell.db": 0o600} {
		if info, err := os.Stat(filepath.Join(d.dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%q of the desk: %v, %v", name, info, err)
		}
	}
	d.stop(t)
	mustDeliver(t, r.address, rent("evt_4", "2026-06-21T10:40:00Z", 100))
	d.again(t)
	d.same(t, r, "evt_4")
	r.stop(t) // with a desk connected
	d.waitFor(t, d.err, `out of reach`)
	r = serveOfficeOn(t, r.dir, r.office)
	mustDeliver(t, r.address, rent("evt_5", "2026-06-22T10:40:00Z", 100))
	d.same(t, r, "evt_5")
	d.stop(t)
	if strings.Contains(d.err.String()+r.err.String(), "SU") { // an nkey's seed begins so
		t.Error("a log holds a key")
	}
}

func TestCodesThatDoNotCountEndADesk(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	follow := func(code string) (int, string) {
		t.Helper()
		p := start(t, nil, "follow", "--data", filepath.Join(t.TempDir(), "desk"), "--office", r.office, "--code", code, "--name", "Desk")
		return p.wait(t, patience), p.err.String()
	}
	if code, errs := follow("7K3M9-QX2TD"); code != exitUsage || !strings.Contains(errs, "The code is used up.") {
		t.Errorf("without any code: %d %s", code, errs)
	}
	first := r.invite(t)
	used := r.invite(t) // ends the first
	if code, errs := follow(first); code != exitUsage || !strings.Contains(errs, "The code did not fit.\n4 tries left.") {
		t.Errorf("a code that another ended: %d %s", code, errs)
	}
	if code, errs := follow("nonsense!"); code != exitUsage || !strings.Contains(errs, "The code did not fit.") || strings.Contains(errs, "nonsense") {
		t.Errorf("no code: %d %s", code, errs)
	}
	p := start(t, nil, "follow", "--data", t.TempDir(), "--office", r.office, "--code", strings.ToLower(used), "--name", "Desk")
	p.waitFor(t, p.err, `office is followed`)
	if code, errs := follow(used); code != exitUsage || !strings.Contains(errs, "The code is used up.") {
		t.Errorf("a code that was used: %d %s", code, errs)
	}
	again := r.invite(t)
	for left := 4; left >= 0; left-- {
		if code, _ := follow("7K3M9-QX2TD"); code != exitUsage {
			t.Errorf("wrong, %d left: exit code %d", left, code)
		}
	}
	if code, errs := follow(again); code != exitUsage || !strings.Contains(errs, "The code is used up.") {
		t.Errorf("the right code after five wrong ones: %d %s", code, errs)
	}
}

func TestADeskWithoutAnOfficeIsTold(t *testing.T) {
	t.Parallel()
	if code, _, errs := command(t, "follow", "--data", t.TempDir()); code != exitUsage || !strings.Contains(errs, "Usage:") {
		t.Errorf("not joined: %d %s", code, errs)
	}
	dir := t.TempDir()
	r := serveOfficeOn(t, dir, "127.0.0.1:0")
	other := t.TempDir()
	p, address := serveOn(t, other)
	mustDeliver(t, address, rent("evt_1", "2026-06-18T10:40:00Z", 145000))
	p.stop(t)
	before := eventsOf(t, other)
	code, _, errs := command(t, "follow", "--data", other, "--office", r.office, "--code", r.invite(t), "--name", "Desk")
	if code != exitFailed || !strings.Contains(errs, "This computer has received events itself.") || eventsOf(t, other) != before {
		t.Errorf("a directory with events of its own: %d %s", code, errs)
	}
	second := start(t, []string{"APPFOLIO_WEBHOOK_SECRET=x"}, "serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--office", r.office)
	if code := second.wait(t, patience); code != exitFailed || !strings.Contains(second.err.String(), "port is in use") {
		t.Errorf("an office's port that is in use: %d %s", code, second.err)
	}
	waiting := start(t, nil, "follow", "--data", t.TempDir(), "--office", "127.0.0.1:1", "--code", "7K3M9-QX2TD", "--name", "Desk")
	waiting.waitFor(t, waiting.err, `The office is out of reach`)
	waiting.stop(t)
}

func TestDesksAreListedAndRemoved(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 145000))
	one, two := r.join(t, "Laptop"), r.join(t, "Laptop")
	type row struct {
		Name, Key string
		LastSeen  *time.Time `json:"last_seen"`
		Seq       uint64
		Revoked   bool
	}
	desks := func() (list []row) {
		t.Helper()
		code, out, errs := command(t, "office", "desks", "--data", r.dir, "--json")
		if code != 0 {
			t.Fatalf("desks: %d %s", code, errs)
		}
		for text := range strings.Lines(out) {
			var d row
			if err := json.Unmarshal([]byte(text), &d); err != nil {
				t.Fatal(err)
			}
			list = append(list, d)
		}
		return list
	}
	if d := desks(); len(d) != 2 || d[0].Name != "Laptop" || d[1].Name != "Laptop 2" || d[0].Revoked || d[0].LastSeen == nil || d[0].Key == d[1].Key {
		t.Errorf("desks: %+v", d)
	}
	if _, out, _ := command(t, "office", "desks", "--data", r.dir); countLines(out) != 2 || strings.Count(out, ", manages\n") != 1 {
		t.Errorf("desks, for people: %s", out)
	}
	if code, _, errs := command(t, "office", "revoke", "Laptop", "--data", r.dir); code != 0 {
		t.Errorf("revoke: %d %s", code, errs)
	}
	if code := one.wait(t, 10*time.Second); code != exitRemoved || !strings.Contains(one.err.String(), "This desk was removed from the office.") {
		t.Errorf("the desk that was removed: %d %s", code, one.err)
	}
	mustDeliver(t, r.address, rent("evt_2", "2026-06-18T10:40:00Z", 145000))
	two.same(t, r, "evt_2")
	if code, _, errs := command(t, "follow", "--data", one.dir); code != exitRemoved {
		t.Errorf("the desk that was removed, started again: %d %s", code, errs)
	}
	if code, _, errs := command(t, "office", "revoke", "--data", r.dir, "Nobody"); code != exitFailed || !strings.Contains(errs, "No desk has this name.") {
		t.Errorf("a desk that there is not: %d %s", code, errs)
	}
	if d := desks(); d[1].Seq != 2 {
		t.Errorf("how far a desk is: %+v", d)
	}
	r.stop(t)
	if d := desks(); len(d) != 2 || !d[0].Revoked || d[1].Revoked || d[1].Seq != 2 {
		t.Errorf("desks, without a receiver: %+v", d)
	}
	if code, _, errs := command(t, "office", "revoke", "--data", r.dir, "Laptop 2"); code != 0 {
		t.Errorf("revoke without a receiver: %d %s", code, errs)
	}
	serveOfficeOn(t, r.dir, r.office)
	if code := two.wait(t, 15*time.Second); code != exitRemoved {
		t.Errorf("removed while the receiver was off: %d", code)
	}
}

func TestOnlyAReceiversDirectoryHasAnOffice(t *testing.T) {
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Desk")
	refused := func(dir string, args ...string) {
		t.Helper()
		before := filesOf(t, dir)
		code, out, errs := command(t, append(append([]string{"office"}, args...), "--data", dir)...)
		if code != exitUsage || out != "" || !strings.Contains(errs, "This computer does not receive for an office.") {
			t.Errorf("%v: %d %s %s", args, code, out, errs)
		}
		if after := filesOf(t, dir); before != after {
			t.Errorf("%v makes files:\n%s\nbefore:\n%s", args, after, before)
		}
	}
	every := func(dir string) {
		t.Helper()
		refused(dir, "invite")
		refused(dir, "desks")
		refused(dir, "revoke", "Desk")
	}
	every(d.dir)
	d.stop(t)
	every(d.dir)
	never := t.TempDir()
	refused(never, "desks")
	refused(never, "revoke", "Desk")
	if code, out, errs := command(t, "office", "invite", "--data", never); code != 0 || len(strings.TrimSpace(out)) != len("7K3M9-QX2TD") {
		t.Errorf("before the first serve: %d %s %s", code, out, errs)
	}
	if code, out, errs := command(t, "office", "desks", "--data", never); code != 0 || out != "" {
		t.Errorf("the desks after the first code: %d %s %s", code, out, errs)
	}
}

// filesOf lists the files of a directory.
func filesOf(t *testing.T, dir string) (names string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names += e.Name() + "\n"
	}
	return names
}

// load delivers until ctx ends.
func load(ctx context.Context, address, prefix string) {
	for i := 0; ctx.Err() == nil; i++ {
		_, _, _ = deliver(ctx, http.DefaultClient, address, rent(fmt.Sprintf("%s_%d", prefix, i), "2026-06-18T10:40:00Z", 100+i)) // killed, now and then
	}
}

func TestKilledUnderLoadDesksHaveWhatTheReceiverHas(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for seconds")
	}
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Front desk")
	for round := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		var senders sync.WaitGroup
		for c := range 8 {
			senders.Go(func() { load(ctx, r.address, fmt.Sprintf("evt_%d_%d", round, c)) })
		}
		d.waitFor(t, d.out, fmt.Sprintf(`evt_%d_0_20\]`, round))
		d.kill(t)
		d.again(t)
		r.kill(t)
		stop()
		senders.Wait()
		r = serveOfficeOn(t, r.dir, r.office)
		newest := fmt.Sprintf("evt_end_%d", round)
		mustDeliver(t, r.address, rent(newest, "2026-06-18T10:40:00Z", 1))
		d.same(t, r, newest)
	}
}

func TestWhateverBecomesOfJetStreamDesksGetEverything(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Front desk")
	deliverUpTo := func(newest string) {
		t.Helper()
		for i := range 20 {
			mustDeliver(t, r.address, rent(fmt.Sprintf("%s_%d", newest, i), "2026-06-18T10:40:00Z", 100))
		}
		mustDeliver(t, r.address, rent(newest, "2026-06-18T10:40:00Z", 1))
	}
	deliverUpTo("evt_a")
	d.same(t, r, "evt_a")
	if err := filepath.WalkDir(filepath.Join(r.dir, "office"), func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			return os.Truncate(path, 10)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	deliverUpTo("evt_b")
	d.same(t, r, "evt_b")
	if err := os.RemoveAll(filepath.Join(r.dir, "office")); err != nil {
		t.Fatal(err)
	}
	deliverUpTo("evt_c")
	d.same(t, r, "evt_c")
	r.join(t, "Home").same(t, r, "")
	r.kill(t)
	r = serveOfficeOn(t, r.dir, r.office)
	deliverUpTo("evt_d")
	d.same(t, r, "evt_d")
}

func TestAnOldBackupAtTheReceiverIsTakenOverByDesks(t *testing.T) {
	t.Parallel()
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Front desk")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 100))
	d.same(t, r, "evt_1")
	backup := filepath.Join(t.TempDir(), "backup.db")
	if code, _, errs := command(t, "backup", "--data", r.dir, "--out", backup); code != 0 {
		t.Fatalf("backup: %d %s", code, errs)
	}
	mustDeliver(t, r.address, rent("evt_2", "2026-06-18T10:40:00Z", 100))
	d.same(t, r, "evt_2")
	r.stop(t)
	if err := os.Rename(backup, filepath.Join(r.dir, "rentbell.db")); err != nil {
		t.Fatal(err)
	}
	r = serveOfficeOn(t, r.dir, r.office)
	mustDeliver(t, r.address, rent("evt_other", "2026-06-18T10:40:00Z", 100))
	d.waitFor(t, d.err, `restored from a backup(?s:.*)restored from a backup(?s:.*)is followed`)
	mustDeliver(t, r.address, rent("evt_3", "2026-06-18T10:40:00Z", 100))
	d.same(t, r, "evt_3")
	aside, err := filepath.Glob(filepath.Join(d.dir, "*.db"))
	if err != nil || len(aside) != 1 {
		t.Errorf("files of the desk: %v, %v", aside, err)
	}
}

func TestOfSeveralOfficesAPersonSaysWhich(t *testing.T) {
	front, back := core.OfficeFound{Name: "front-desk", Address: "192.168.1.20:4443"}, core.OfficeFound{Name: "back-room", Address: "192.168.1.30:4443"}
	if one, err := onlyOne([]core.OfficeFound{front}); err != nil || one != front {
		t.Errorf("one answers: %v, %v", one, err)
	}
	_, err := onlyOne([]core.OfficeFound{back, front})
	if text := inWords(err); exitOf(err) != exitUsage || !strings.Contains(text, "Type the address of yours.") || !strings.Contains(text, "back-room at 192.168.1.30:4443, front-desk at 192.168.1.20:4443") {
		t.Errorf("two answer: %s", text)
	}
	_, err = onlyOne(nil)
	if text := inWords(err); !strings.HasPrefix(text, "No office found here.\n") || !strings.Contains(text, "Type its address.") {
		t.Errorf("none answers: %s", text)
	}
}
