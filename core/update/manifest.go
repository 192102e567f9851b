package update

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/semver"

	"rentbell/core"
)

// Release is a version that can be had.
type Release struct {
	Version string // "1.5.0"
	Page    string // where it is described and downloaded, an https URL
	News    News
	Setup   File // for Windows
}

// News says what is new, one line each, by language ("en", "es", "zh").
type News map[string][]string

// File is a file of a release.
type File struct {
	URL    string `json:"url"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hexadecimal
}

// manifest is what the makers publish beside each release, and again before it
// expires.
type manifest struct {
	Release
	Expires time.Time
}

const (
	newsMost  = 12        // lines
	setupMost = 200 << 20 // bytes
)

// parse reads a manifest. Its texts are cut to lines that a window can show.
func parse(text []byte) (manifest, error) {
	var m struct {
		Version string    `json:"version"`
		Expires time.Time `json:"expires"`
		Page    string    `json:"page"`
		News    News      `json:"new"`
		Setup   File      `json:"windows_setup"`
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return manifest{}, err
	}
	if !semver.IsValid("v" + m.Version) {
		return manifest{}, errors.New("no version")
	}
	if err := checkURL(m.Page); err != nil {
		return manifest{}, fmt.Errorf("page: %w", err)
	}
	if err := m.Setup.check(); err != nil {
		return manifest{}, fmt.Errorf("setup: %w", err)
	}
	return manifest{Release{m.Version, m.Page, m.News.lines(), m.Setup}, m.Expires}, nil
}

func (n News) lines() News {
	for language, lines := range n {
		lines = lines[:min(len(lines), newsMost)]
		for i, line := range lines {
			lines[i] = core.OneLine(line)
		}
		n[language] = lines
	}
	return n
}

func (f File) check() error {
	sum, err := hex.DecodeString(f.SHA256)
	switch {
	case err != nil || len(sum) != 32:
		return errors.New("no SHA-256")
	case f.Size <= 0 || f.Size > setupMost:
		return fmt.Errorf("%w: %d bytes", ErrTooLarge, f.Size)
	}
	return checkURL(f.URL)
}

// newer reports whether a release comes after a program's version, by
// https://semver.org. One that is not a semantic version comes before all.
func newer(release, program string) bool { return semver.Compare("v"+release, program) > 0 }
