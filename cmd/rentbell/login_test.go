package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"rentbell/cmd/internal/launch"
)

func TestSignInStartsThisRentbellWithItsData(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the entry is a desktop's")
	}
	config := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", config)
	usual, err := launch.DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "other data")
	log := slog.New(slog.DiscardHandler)
	for dir, want := range map[string]string{usual: " --hidden\n", other: ` --hidden --data "` + other + "\"\n"} {
		if err := (call{dir: dir}).atLogin(log).Enable(); err != nil {
			t.Fatal(err)
		}
		entry, err := os.ReadFile(filepath.Join(config, "autostart", metadata.ID+".desktop"))
		if err != nil {
			t.Fatal(err)
		}
		_, line, _ := strings.Cut(string(entry), "\nExec=")
		if line, _, _ = strings.Cut(line, "Terminal"); !strings.HasSuffix(line, want) {
			t.Errorf("with %s it starts %q, want it to end with %q", dir, line, want)
		}
	}
	if (call{dir: usual, demo: true}).atLogin(log) != nil {
		t.Error("sample data can start at sign-in")
	}
}

func TestCommandLineTurnsTheSwitchOfTheWindow(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the entry is a desktop's")
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("APPFOLIO_API_KEY_FILE", "/no/such/file") // a run would end on that
	usual, err := launch.DefaultDir()
	if err != nil {
		t.Fatal(err)
	}
	for dir, flags := range map[string][]string{usual: nil, filepath.Join(t.TempDir(), "other data"): {"--data"}} {
		if flags != nil {
			flags = append(flags, dir)
		}
		window := call{dir: dir}.atLogin(slog.New(slog.DiscardHandler))
		for _, turn := range []string{"off", "on", "on", "off", "off"} {
			if code := run(append(flags, "--at-login", turn)); code != 0 {
				t.Fatalf("--at-login %s: exit code %d", turn, code)
			}
			if on, err := window.Enabled(); err != nil || on != (turn == "on") {
				t.Errorf("after %s with %s the window shows %v, %v", turn, dir, on, err)
			}
		}
	}
	if code := run([]string{"--at-login", "maybe"}); code != exitUsage {
		t.Errorf("maybe: exit code %d", code)
	}
}
