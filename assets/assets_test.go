package assets

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"image/png"
	"io/fs"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestEveryPictureIsInUse reads this package's source: a picture nobody names
// would only make the binary bigger.
func TestEveryPictureIsInUse(t *testing.T) {
	tree, err := parser.ParseFile(token.NewFileSet(), "assets.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			named[strings.Trim(lit.Value, `"`)] = true
		}
		return true
	})
	err = fs.WalkDir(files, "icons", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(path, "icons/")
		state, isTray := strings.CutPrefix(strings.TrimPrefix(name, "png/"), "tray-")
		state, _, _ = strings.Cut(strings.TrimSuffix(state, ".svg"), "-")
		switch {
		case isTray && named[state], named[name], named[strings.TrimSuffix(name, ".svg")]:
		default:
			t.Errorf("%s is embedded and not in use", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTrayPicturesHaveTheirSizes(t *testing.T) {
	for _, icon := range []TrayIcon{TrayListening, TrayConnecting, TrayOffline, TrayPaused} {
		sizes := map[int]fyne.Resource{44: icon.Large}
		for i, want := range []int{32, 40, 48, 64} {
			sizes[want] = icon.Icons[i]
		}
		for want, r := range sizes {
			got, err := png.DecodeConfig(bytes.NewReader(r.Content()))
			if err != nil {
				t.Fatalf("%s: %v", r.Name(), err)
			}
			if got.Width != want || got.Height != want {
				t.Errorf("%s is %d by %d, want %d", r.Name(), got.Width, got.Height, want)
			}
		}
		if !bytes.Contains(icon.Template.Content(), []byte("<svg")) {
			t.Errorf("%s is no drawing", icon.Template.Name())
		}
	}
}
