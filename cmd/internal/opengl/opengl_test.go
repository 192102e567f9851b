package opengl

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestVersionsThatFyneCanDrawWith(t *testing.T) {
	for version, want := range map[string]bool{
		"4.6.0 NVIDIA 551.86": true, "2.1": true, "2.1.0 - Build 8.15.10.2900": true, "3.0 Mesa 21.3": true, "10.0": true,
		"1.1.0": false, "1.5": false, "2.0.6": false, "": false, "OpenGL": false, "2": false, "x.y": false,
	} {
		err := enough(version)
		if (err == nil) != want || err != nil && !errors.Is(err, ErrTooOld) {
			t.Errorf("%q: %v", version, err)
		}
	}
}

func TestCopyThatDrawsWithoutADriverIsUsedOnce(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "rentbell.exe")
	copied := filepath.Join(dir, "opengl", "rentbell.exe")
	if err := os.Mkdir(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{program, copied} {
		if got := Copy(program); got != "" {
			t.Errorf("without all of its files the copy is %q", got)
		}
		if got := Original(copied); got != copied {
			t.Errorf("the original of %s is %q", copied, got)
		}
		if err := os.WriteFile(path, nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "opengl", "opengl32.dll"), nil, 0o700); err != nil {
		t.Fatal(err)
	}
	if got := Copy(program); got != copied {
		t.Errorf("the copy is %q", got)
	}
	if got := Copy(copied); got != "" {
		t.Errorf("the copy of the copy is %q", got)
	}
	if got := Original(copied); got != program {
		t.Errorf("the original is %q", got)
	}
	if got := Original(program); got != program {
		t.Errorf("the original of the original is %q", got)
	}
}
