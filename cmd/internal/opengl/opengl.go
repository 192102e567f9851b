// Package opengl finds out whether this computer can draw Rentbell's window, before
// Fyne tries. Fyne ends the process where it cannot, and says so to nobody.
package opengl

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ErrTooOld is in the error of Check where a window cannot be drawn.
var ErrTooOld = errors.New("OpenGL 2.1 is needed")

// The oldest version that Fyne can draw with.
const (
	needMajor = 2
	needMinor = 1
)

// enough checks the text by which a driver names its version, such as "4.6.0 NVIDIA
// 551.86". Windows itself has "1.1.0".
func enough(version string) error {
	number, _, _ := strings.Cut(version, " ")
	parts := strings.SplitN(number, ".", 3)
	if len(parts) > 1 {
		major, err := strconv.Atoi(parts[0])
		minor, err2 := strconv.Atoi(parts[1])
		if err == nil && err2 == nil && (major > needMajor || major == needMajor && minor >= needMinor) {
			return nil
		}
	}
	return fmt.Errorf("%w, and the driver has %q", ErrTooOld, version)
}

// folder is where a copy of the program may lie, beside a library that draws
// without a driver. Windows loads a library from the program's folder first.
const folder = "opengl"

// Copy returns the copy of a program that draws without a driver; empty: there is
// none, or program is that copy.
func Copy(program string) string {
	copied := filepath.Join(filepath.Dir(program), folder, filepath.Base(program))
	for _, path := range []string{copied, filepath.Join(filepath.Dir(copied), "opengl32.dll")} {
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return ""
		}
	}
	return copied
}

// Original returns the program that a copy was made of, and any other program as
// it is.
func Original(program string) string {
	dir := filepath.Dir(program)
	if !strings.EqualFold(filepath.Base(dir), folder) {
		return program
	}
	original := filepath.Join(filepath.Dir(dir), filepath.Base(program))
	if Copy(original) == "" {
		return program
	}
	return original
}
