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

// manifest is what the makers publish beside each release, and again before it
// expires.
type manifest struct {
	core.Release
	Expires time.Time
}

const (
	newsMost  = 12        // lines
	setupMost = 200 << 20 // bytes
)

// parse reads a manifest. Its texts are cut to lines that a window can show.
func parse(text []byte) (manifest, error) {
	var m struct {
		Version string            `json:"version"`
		Expires time.Time         `json:"expires"`
		Page    string            `json:"page"`
		News    core.News         `json:"new"`
		Setup   core.ReleasedFile `json:"windows_setup"`
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
	if err := checkFile(m.Setup); err != nil {
		return manifest{}, fmt.Errorf("setup: %w", err)
	}
	return manifest{core.Release{Version: m.Version, Page: m.Page, News: lines(m.News), Setup: m.Setup}, m.Expires}, nil
}

func lines(n core.News) core.News {
	for language, lines := range n {
		lines = lines[:min(len(lines), newsMost)]
		for i, line := range lines {
			lines[i] = core.OneLine(line)
		}
		n[language] = lines
	}
	return n
}

func checkFile(f core.ReleasedFile) error {
	sum, err := hex.DecodeString(f.SHA256)
	switch {
	case err != nil || len(sum) != 32:
		return errors.New("no SHA-256")
	case f.Size <= 0 || f.Size > setupMost:
		return fmt.Errorf("%d bytes", f.Size)
	}
	return checkURL(f.URL)
}

// newer reports whether a release comes after a program's version, by
// https://semver.org. One that is not a semantic version comes before all.
func newer(release, program string) bool { return semver.Compare("v"+release, program) > 0 }
