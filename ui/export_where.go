package ui

import (
	"path/filepath"
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
)

// path is where the file goes; ok is false while it has no proper name.
func (v *exportView) path() (path string, ok bool) {
	name := strings.TrimSpace(v.name.Text)
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		return "", false
	}
	if !strings.EqualFold(filepath.Ext(name), ".csv") {
		name += ".csv"
	}
	return filepath.Join(v.dir, name), true
}

// parts is how many files there will be, as far as the rows tell.
func (v *exportView) parts() int {
	limit := v.format.RowLimit()
	if limit == 0 || !v.known {
		return 1
	}
	return max(1, (v.found.Count+limit-1)/limit)
}

func (v *exportView) whereWords() string {
	if _, ok := v.path(); !ok {
		return "A file name has no slashes and does not begin with a dot."
	}
	text := folderWords(v.dir)
	if split := v.splitNote(); split != "" {
		text += ". " + split
	}
	switch {
	case !v.exists || v.stage != choosing:
	case v.parts() > 1:
		text = strings.TrimSuffix(text, ".") + ". Files of this name are replaced."
	default:
		text += ". The file of this name is replaced."
	}
	return text
}

// folderWords are the last two steps of a folder's path, as people say it.
func folderWords(dir string) string {
	parent, last := filepath.Split(filepath.Clean(dir))
	if before := filepath.Base(filepath.Clean(parent)); before != string(filepath.Separator) && before != "." {
		return before + ", " + last
	}
	return last
}

// splitNote says why there will be several files.
func (v *exportView) splitNote() string {
	limit := v.format.RowLimit()
	if limit == 0 || !v.known || v.found.Count <= limit {
		return ""
	}
	return "In several files, since " + formatName(v.format) + " takes " + explain.Number(limit) + " rows at a time."
}

func formatName(f core.Format) string { return exportFormats[formatIndex(f)].title }
