package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestMetadataAgreesWithFyneApp(t *testing.T) {
	details := fyneAppDetails(t)
	for key, got := range map[string]string{
		"ID":      strconv.Quote(metadata.ID),
		"Name":    strconv.Quote(metadata.Name),
		"Version": strconv.Quote(metadata.Version),
		"Build":   strconv.Itoa(metadata.Build),
	} {
		if want := details[key]; got != want {
			t.Errorf("%s is %s, want FyneApp.toml's %s", key, got, want)
		}
	}
	icon, err := strconv.Unquote(details["Icon"])
	if err != nil {
		t.Fatalf("Icon: %v", err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(icon)))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(metadata.Icon.Content(), want) {
		t.Errorf("the icon is not %s", icon)
	}
}

func TestPrintsItsVersion(t *testing.T) {
	rentbell := exec.Command(os.Args[0], "--version")
	rentbell.Env = append(os.Environ(), "RENTBELL_TEST_RUN=1")
	out, err := rentbell.Output()
	if want := "rentbell " + metadata.Version + "\n"; err != nil || string(out) != want {
		t.Errorf("prints %q, %v, want %q", out, err, want)
	}
}

// fyneAppDetails reads the section of that name: one value a line.
func fyneAppDetails(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "[Details]\n")
	if !found {
		t.Fatal("FyneApp.toml has no [Details]")
	}
	section, _, _ = strings.Cut(section, "\n[")
	details := map[string]string{}
	for line := range strings.Lines(section) {
		if key, value, found := strings.Cut(line, "="); found {
			details[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return details
}

func TestManPageTellsOfEveryFlag(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", ".packaging", "linux", "rentbell.1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`--[a-z-]+`).FindAllString(usage, -1) {
		if !strings.Contains(string(page), strings.ReplaceAll(name, "-", `\-`)) {
			t.Errorf("rentbell.1 says nothing of %s", name)
		}
	}
}
