package paper_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core/appfolio/sandbox/paper"
)

// folder is what lies in a directory: sizes by name.
func folder(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int64{}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		sizes[e.Name()] = info.Size()
	}
	return sizes
}

func TestFilesTakeNoOthersPlace(t *testing.T) {
	dir := t.TempDir()
	p := paper.New(paper.Config{Dir: dir, Seed: seed, Now: func() time.Time { return noon }, Past: past})
	first := p.Past()
	if err := p.Put(t.Context(), slices.Concat(first, first, first)...); err != nil {
		t.Fatal(err)
	}
	found := folder(t, dir)
	for _, f := range first {
		name, _ := strings.CutSuffix(f.Name, ".csv")
		for _, suffix := range []string{"", " (2)", " (3)"} {
			if found[name+suffix+".csv"] != int64(len(f.Body)) {
				t.Errorf("%v lacks %s", found, name+suffix)
			}
		}
	}
	if len(found) != 3*len(first) {
		t.Errorf("got %v", found)
	}
}

func TestSlowFilesLieThereInHalf(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var names []string
		p := paper.New(paper.Config{
			Dir: dir, Seed: seed, Past: past, Interval: time.Minute, Pause: 10 * time.Second,
			OnFile: func(name string, err error) {
				if err != nil {
					t.Error(err)
				}
				names = append(names, name)
			},
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { p.Run(ctx); close(ended) }()
		after := func(d time.Duration) map[string]int64 {
			time.Sleep(d)
			synctest.Wait()
			return folder(t, dir)
		}
		half, whole := after(time.Minute+5*time.Second), after(10*time.Second)
		if len(names) != 1 || len(half) != 1 || half[names[0]] == 0 || half[names[0]] > whole[names[0]]/2 {
			t.Errorf("%v was %v after half the pause, and then %v", names, half, whole)
		}
		half = after(time.Minute - 10*time.Second)
		stop() // a file that was begun is finished
		<-ended
		whole = folder(t, dir)
		if len(names) != 2 || len(whole) != 2 || half[names[1]+".part"] == 0 || half[names[1]+".part"] > whole[names[1]]/2 {
			t.Errorf("%v: %v at the end, and then %v", names, half, whole)
		}
	})
}

func TestTroubleWithTheFolderIsTold(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	synctest.Test(t, func(t *testing.T) {
		var failed []error
		p := paper.New(paper.Config{Dir: gone, Interval: time.Minute, OnFile: func(_ string, err error) { failed = append(failed, err) }})
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute+time.Second)
		defer stop()
		p.Run(ctx)
		if len(failed) != 2 || failed[0] == nil || failed[1] == nil {
			t.Errorf("got %v", failed)
		}
	})
}
