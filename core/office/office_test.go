package office_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/office"
)

func TestCodesAreReadAsPeopleTypeThem(t *testing.T) {
	code := office.NewCode()
	text := code.String()
	for _, typed := range []string{text, strings.ToLower(text), strings.ReplaceAll(text, "-", ""), " " + strings.ReplaceAll(text, "-", " – ") + " "} {
		if got, err := office.ParseCode(typed); err != nil || got != code {
			t.Errorf("%q is %v, %v", typed, got, err)
		}
	}
	if got, err := office.ParseCode("oIl00-00000"); err != nil || got.String() != "01100-00000" {
		t.Errorf("letters that look alike: %v, %v", got, err)
	}
	for _, typed := range []string{"", "7K3M9", "7K3M9-QX2T", "7K3M9-QX2TDD", "7K3M9-QX2TU", "7K3M9-QX2T\x00", "ñK3M9-QX2TD"} {
		if _, err := office.ParseCode(typed); !errors.Is(err, office.ErrCode) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// fits and fails are what a desk's proof comes to.
func fits(office.Verifier) bool  { return true }
func fails(office.Verifier) bool { return false }

func open(t *testing.T, dir string) *office.Roster {
	t.Helper()
	r, err := office.OpenRoster(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func invite(t *testing.T, r *office.Roster) office.Code {
	t.Helper()
	code, err := r.Invite(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestACodeCountsOnceAndForTenMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		r := open(t, dir)
		if _, err := r.Salt(time.Now()); !errors.Is(err, office.ErrCodeUsed) {
			t.Errorf("before any code: %v", err)
		}
		code := invite(t, r)
		r = open(t, dir) // the code outlives a restart
		proves := func(v office.Verifier) bool { return string(code.Verifier(v.Salt).Key) == string(v.Key) }
		if d, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Name: "Front\ndesk", Key: "A"}, proves); err != nil || d.Name != "Front desk" {
			t.Errorf("the code: %+v, %v", d, err)
		}
		if _, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Name: "Desk", Key: "B"}, fits); !errors.Is(err, office.ErrCodeUsed) {
			t.Errorf("a code that was used: %v", err)
		}
		invite(t, r)
		time.Sleep(10 * time.Minute)
		if _, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Name: "Desk", Key: "B"}, fits); !errors.Is(err, office.ErrCodeUsed) {
			t.Errorf("a code of ten minutes ago: %v", err)
		}
		if desks := open(t, dir).Desks(); len(desks) != 1 {
			t.Errorf("desks: %+v", desks)
		}
	})
}

func TestFiveWrongTriesEndACode(t *testing.T) {
	r := open(t, t.TempDir())
	invite(t, r)
	for left := 4; left >= 0; left-- {
		if _, got, err := r.Admit(t.Context(), time.Now(), office.Desk{Key: "A"}, fails); !errors.Is(err, office.ErrCode) || got != left {
			t.Errorf("%v, %d left; want %d", err, got, left)
		}
	}
	if _, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Key: "A"}, fits); !errors.Is(err, office.ErrCodeUsed) {
		t.Errorf("the right code after five wrong ones: %v", err)
	}
}

func TestDesksOfOneNameAreToldApart(t *testing.T) {
	dir := t.TempDir()
	r := open(t, dir)
	join := func(name, key string) string {
		t.Helper()
		invite(t, r)
		d, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Name: name, Key: key}, fits)
		if err != nil {
			t.Fatal(err)
		}
		return d.Name
	}
	if a, b := join("Laptop", "A"), join("Laptop", "B"); a != "Laptop" || b != "Laptop 2" {
		t.Errorf("names %q and %q", a, b)
	}
	if _, err := r.Revoke(t.Context(), "Laptop"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Revoke(t.Context(), "Laptop"); !errors.Is(err, office.ErrNoDesk) {
		t.Errorf("removed twice: %v", err)
	}
	if again := join("Laptop", "D"); again != "Laptop" {
		t.Errorf("after the first is gone: %q", again)
	}
	at := time.Now()
	if err := r.See(t.Context(), map[string]office.Seen{"A": {At: at, Seq: 9}, "B": {At: at, Seq: 7}}); err != nil {
		t.Fatal(err)
	}
	for _, d := range open(t, dir).Desks() {
		switch d.Key {
		case "A":
			if !d.Revoked || !d.LastSeen.IsZero() {
				t.Errorf("a desk that was removed: %+v", d)
			}
		case "B":
			if !d.LastSeen.Equal(at) || d.Seq != 7 {
				t.Errorf("a desk that was there: %+v", d)
			}
		}
	}
}

func TestAnOfficeWithoutAManagerGetsOne(t *testing.T) {
	r := open(t, t.TempDir())
	join := func(key string) office.Desk {
		t.Helper()
		invite(t, r)
		d, _, err := r.Admit(t.Context(), time.Now(), office.Desk{Name: key, Key: key}, fits)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if !join("A").Manages() || join("B").Manages() {
		t.Error("not the first desk alone manages")
	}
	removed, err := r.Revoke(t.Context(), "A")
	if err != nil || removed.Manages() || !join("C").Manages() || join("D").Manages() {
		t.Errorf("after the manager is gone: %+v, %v", r.Desks(), err)
	}
	if err := r.SetRole(t.Context(), "A", true); !errors.Is(err, office.ErrNoDesk) {
		t.Errorf("a role for a desk that was removed: %v", err)
	}
}

func TestTheListIsItsOwnersAloneAndHoldsNoCode(t *testing.T) {
	dir := t.TempDir()
	code := invite(t, open(t, dir))
	path := filepath.Join(dir, office.FileName)
	file, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(file), strings.ReplaceAll(code.String(), "-", "")) || strings.Contains(string(file), code.String()) {
		t.Errorf("the file has the code, or %v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := office.OpenRoster(dir); !errors.Is(err, core.ErrDamaged) {
		t.Errorf("half a list: %v", err)
	}
}
