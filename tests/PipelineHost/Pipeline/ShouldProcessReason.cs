namespace System.Management.Automation;

/// <summary>Why ShouldProcess answered false.</summary>
public enum ShouldProcessReason
{
    None = 0,
    WhatIf = 1,
}
