package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestADeskThatNothingFollowsExportsWhatIsNew(t *testing.T) {
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	mustDeliver(t, r.address, rent("evt_1", "2026-06-18T10:40:00Z", 145000))
	d := r.join(t, "Front")
	d.stop(t)
	mustDeliver(t, r.address, rent("evt_2", "2026-06-19T10:40:00Z", 100))
	export := func(dir string) (int, string, string) {
		return command(t, "export", "payments", "--new", "--format", "quickbooks", "--out", "-", "--data", dir)
	}
	if code, out, errs := export(d.dir); code != 0 || countLines(out) != 3 || !strings.Contains(errs, "2 payments exported") {
		t.Errorf("export: %d %s\n%s", code, errs, out)
	}
	if code, _, errs := export(r.dir); code != exitClaimed || !strings.Contains(errs, "Front exported these 2 payments") {
		t.Errorf("the same at the receiver: %d %s", code, errs)
	}
	if code, out, errs := export(d.dir); code != 0 || out != "" || !strings.Contains(errs, "nothing is new") {
		t.Errorf("again: %d %s%s", code, errs, out)
	}
	d.again(t)
	d.same(t, r, "")
	d.stop(t)
	r.stop(t)
	began := time.Now()
	if code, _, errs := export(d.dir); code != exitAway || !strings.Contains(errs, "What is new waits") || time.Since(began) > 10*time.Second {
		t.Errorf("out of reach: %d after %v: %s", code, time.Since(began), errs)
	}
	back := serveOfficeOn(t, r.dir, r.office)
	if code, _, errs := command(t, "office", "revoke", "Front", "--data", back.dir); code != 0 {
		t.Fatal(errs)
	}
	if code, _, errs := export(d.dir); code != exitRemoved || !strings.Contains(errs, "This desk was removed from the office.") {
		t.Errorf("removed: %d %s", code, errs)
	}
	if list, err := filepath.Glob(filepath.Join(d.dir, "*.sock")); err != nil || len(list) > 0 {
		t.Errorf("left behind: %v %v", list, err)
	}
}
