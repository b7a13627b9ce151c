using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace MacvtapTools.Samples;

/// <summary>Reads what a guest says on its console, from the file that its serial port is written to.</summary>
public sealed class GuestConsole
{
    // After a change one round may be on its way; it does not count. Then so many silent ones are believed; where an answer is expected, more.
    private const int SilentRounds = 3;
    private const int MostRounds = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _path;

    /// <summary>A console.</summary>
    /// <param name="name">The guest's name, as it has it from its kernel command line.</param>
    /// <param name="path">The file.</param>
    public GuestConsole(string name, string path)
    {
        Name = name;
        _path = path;
    }

    /// <summary>The guest's name.</summary>
    public string Name { get; }

    /// <summary>Everything that was said until now.</summary>
    public string Text
    {
        get
        {
            if (!File.Exists(_path))
                return "";
            using FileStream file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Whether the guest has started.</summary>
    public bool IsReady => Lines().Any(line => line.EndsWith(Name + " ready", StringComparison.Ordinal));

    /// <summary>Waits until the guest has started.</summary>
    /// <exception cref="TimeoutException">It did not, within five minutes: an emulated processor on a busy machine is slow. The message has what it said.</exception>
    public void AwaitReady() => Await("to be ready", () => IsReady ? true : (bool?)null);

    /// <summary>Waits until the guest knows whether an address answers it, of pings that it sends from now on.</summary>
    /// <param name="address">The address, one that the guest pings.</param>
    /// <param name="expected">What is expected: an answer is waited for, while silence is believed after three rounds.</param>
    /// <returns>Whether it answers.</returns>
    public bool Reaches(string address, bool expected)
    {
        AwaitReady();
        int before = CountRounds(address);
        return Await("to hear of " + address, () => Judge(address, expected, before));
    }

    /// <summary>How many rounds were heard in which the guest pinged an address.</summary>
    /// <param name="address">The address.</param>
    public int CountRounds(string address) => Rounds(address).Count;

    /// <summary>What is known of an address by now.</summary>
    /// <param name="address">The address.</param>
    /// <param name="expected">What is expected.</param>
    /// <param name="before">So many rounds there were before; the one after them does not count either.</param>
    /// <returns>Whether it answers; null where more has to be heard.</returns>
    public bool? Judge(string address, bool expected, int before)
    {
        List<bool> since = Rounds(address).Skip(before + 1).ToList();
        if (since.Contains(true))
            return true;
        return since.Count >= (expected ? MostRounds : SilentRounds) ? false : (bool?)null;
    }

    private List<bool> Rounds(string address) =>
        Lines().Select(line => line.Split(' ')).Where(words => words.Length == 4 && words[0] == Name && words[2] == address).Select(words => words[3] == "answers").ToList();

    // The last line may not be whole yet.
    private List<string> Lines() => Text.Split('\n').SkipLast(1).Select(line => line.TrimEnd('\r')).ToList();

    private bool Await(string what, Func<bool?> look)
    {
        for (DateTime end = DateTime.UtcNow + Patience; ; Thread.Sleep(50))
        {
            if (look() is bool result)
                return result;
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Waited {Patience.TotalMinutes} minutes for {Name} {what}. It said:{Environment.NewLine}{Text}");
        }
    }
}
